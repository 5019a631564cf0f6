'use client';

import { formatCount, formatPercent } from '../../lib/format';
import type { ImportProgress } from '../../lib/import-progress';
import { runSummary } from '../../lib/run-words';
import { useImport } from '../../lib/use-import';
import { PageLink } from '../elements/page-link';
import { useOverview } from './overview';

/** What is going on right now, on every page: an import from this tab, one at the server, or a run. */
export function LiveStatus() {
  const upload = useImport();
  if (upload) return <Live href="/dataset/import" text={uploadSummary(upload)} />;
  return <ServerStatus />;
}

function ServerStatus() {
  const { dataset, goingRun, runningRun } = useOverview();
  if (dataset?.status === 'IMPORTING') {
    const share = dataset.expectedCount > 0 ? dataset.importedCount / dataset.expectedCount : 0;
    return <Live href="/" text={`Importing · ${formatPercent(share)}`} />;
  }
  if (goingRun) return <Live href={`/runs/${goingRun.id}`} text={runSummary(goingRun)} />;
  if (!runningRun) return null;
  const { id, dataset: other } = runningRun;
  return <Live href={`/runs/${id}`} text={`${runSummary(runningRun)} · ${other.title}`} />;
}

const UPLOAD_WORDS = {
  RUNNING: 'Uploading',
  PAUSED: 'Paused',
  STOPPING: 'Stopping',
  STOPPED: 'Upload stopped',
  DONE: 'Upload done',
  FAILED: 'Upload failed',
} as const;

/** `Uploading · 1,200 of 4,000` */
function uploadSummary({ phase, trouble, done, total }: ImportProgress): string {
  const words = phase === 'RUNNING' && trouble ? 'Waiting' : UPLOAD_WORDS[phase];
  const count = done < total ? `${formatCount(done)} of ${formatCount(total)}` : formatCount(done);
  return `${words} · ${count}`;
}

function Live({ href, text }: { href: string; text: string }) {
  return (
    <PageLink
      href={href}
      className="flex max-w-full min-w-0 items-center gap-2 rounded-full bg-accent-soft px-2.5 py-1 text-xs font-medium text-accent hover:underline"
    >
      <span aria-hidden className="size-2 shrink-0 animate-pulse rounded-full bg-accent" />
      <span className="truncate">{text}</span>
    </PageLink>
  );
}
