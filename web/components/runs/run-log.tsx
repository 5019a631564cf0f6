'use client';

import { formatClock } from '../../lib/format';
import { useRunLog } from '../../lib/use-run-log';
import { Section } from '../elements/section';

/** What the trainers of a run have told; the newest line is at the top. */
export function RunLog({ runId, going }: { runId: string; going: boolean }) {
  const lines = useRunLog(runId, going);
  return (
    <Section title="Log" hint="Newest first.">
      {lines.length === 0 ? (
        <p className="text-sm text-muted">Nothing has been told yet.</p>
      ) : (
        <div
          tabIndex={0}
          role="region"
          aria-label="Lines of the log"
          className="max-h-72 overflow-y-auto rounded-md bg-sunken p-3"
        >
          <ol reversed className="flex flex-col gap-1 font-mono text-xs">
            {lines.toReversed().map(({ line, at, message }) => (
              <li key={line} className="flex gap-3">
                <time dateTime={at} className="shrink-0 text-muted">
                  {formatClock(at)}
                </time>
                <span className="min-w-0 break-words">{message}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Section>
  );
}
