'use client';

import { formatNumberOf } from '../../lib/format';
import { download, refusalsCsv } from '../../lib/import-report';
import type { ImportProgress } from '../../lib/import-progress';
import type { ImportSession } from '../../lib/import-session';
import { Button } from '../elements/button';
import { Section } from '../elements/section';
import { RefusalTable } from './refusal-table';

/** What the import of this tab did not take so far. */
export function SessionRefusals({
  progress,
  session,
}: {
  progress: ImportProgress;
  session: ImportSession;
}) {
  if (progress.refused === 0) return null;
  return (
    <Section
      title="Refused files"
      hint={`${formatNumberOf(progress.refused, 'file')} of this import, with the reason. Everything else is not touched by that.`}
      actions={
        <Button onClick={() => download(refusalsCsv(session.refusals), 'refused.csv', 'text/csv')}>
          Download as CSV
        </Button>
      }
    >
      <RefusalTable refusals={session.refusals} />
    </Section>
  );
}
