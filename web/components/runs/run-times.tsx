import type { ReactNode } from 'react';
import { formatDateTime, formatSeconds } from '../../lib/format';
import { Section } from '../elements/section';
import type { ComparedRun } from './comparison-document';
import { ComparisonTable } from './comparison-table';
import { StatusBadge } from './status-badge';

/** How far the runs came, and how long they took. */
export function RunTimes({ runs }: { runs: readonly ComparedRun[] }) {
  const row = (name: string, cellOf: (run: ComparedRun) => ReactNode) => ({
    name,
    cells: runs.map(cellOf),
  });
  return (
    <Section title="Times">
      <ComparisonTable
        caption="Times"
        runs={runs}
        rows={[
          row('Status', ({ status }) => <StatusBadge status={status} />),
          row('Epochs', ({ epochsDone, epochCount }) => `${epochsDone} of ${epochCount}`),
          row('An epoch, on average', meanEpoch),
          row('In all', wholeTime),
          row('Queued', ({ createdAt }) => formatDateTime(createdAt)),
        ]}
      />
    </Section>
  );
}

function meanEpoch({ epochs }: ComparedRun): string {
  if (epochs.length === 0) return '–';
  return formatSeconds(epochs.reduce((sum, { seconds }) => sum + seconds, 0) / epochs.length);
}

function wholeTime({ startedAt, finishedAt }: ComparedRun): string {
  if (!startedAt || !finishedAt) return '–';
  return formatSeconds((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
}
