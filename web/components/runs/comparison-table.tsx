import type { ReactNode } from 'react';
import type { ComparedRun } from './comparison-document';
import { RunName } from './run-name';

/** A row for each thing that is compared, a column for each run. */
export function ComparisonTable({
  caption,
  runs,
  rows,
}: {
  caption: string;
  runs: readonly ComparedRun[];
  rows: readonly { readonly name: string; readonly cells: readonly ReactNode[] }[];
}) {
  return (
    // Wider than a phone with more than two runs: it scrolls by itself, also by keyboard.
    <div role="region" aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-left">
            <td />
            {runs.map((run) => (
              <th key={run.id} scope="col" className="px-3 py-1.5 font-medium">
                <RunName run={run} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name} className="border-b border-line last:border-0">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal text-muted">
                {name}
              </th>
              {cells.map((cell, place) => (
                <td key={runs[place]?.id} className="px-3 py-1.5">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
