import { formatLoss, formatScore, formatSeconds } from '../../lib/format';
import type { RunEpoch } from '../../lib/run-documents';
import { Badge } from '../elements/badge';
import { Section } from '../elements/section';

/** Loss, score and seconds of every epoch, newest first. */
export function EpochTable({
  epochs,
  bestEpoch,
  going,
}: {
  epochs: readonly RunEpoch[];
  bestEpoch: number | null;
  going: boolean;
}) {
  return (
    <Section title="Epochs">
      {epochs.length === 0 ? (
        <p className="text-sm text-muted">
          {going ? 'The first epoch is not done yet.' : 'This run ended before its first epoch.'}
        </p>
      ) : (
        // Focusable, so that the keyboard can scroll it.
        <div
          tabIndex={0}
          role="region"
          aria-label="Epoch by epoch"
          className="max-h-72 overflow-y-auto rounded-md"
        >
          <table className="w-full text-sm">
            <thead className="sticky top-0 bg-card text-left text-muted">
              <tr>
                <th scope="col" className="pb-1.5 font-normal">
                  Epoch
                </th>
                <th scope="col" className="pb-1.5 text-right font-normal">
                  Loss
                </th>
                <th scope="col" className="pb-1.5 text-right font-normal">
                  Change
                </th>
                <th scope="col" className="pb-1.5 text-right font-normal">
                  Validation
                </th>
                <th scope="col" className="pb-1.5 pr-1 text-right font-normal">
                  Took
                </th>
              </tr>
            </thead>
            <tbody>
              {epochs
                .map(({ epoch, loss, seconds, validation }, place) => (
                  <tr key={epoch} data-testid="epoch-row" className="border-t border-line">
                    <th scope="row" className="py-1 text-left font-medium">
                      {epoch} {epoch === bestEpoch && <Badge tone="accent">best</Badge>}
                    </th>
                    <td className="py-1 text-right">{formatLoss(loss)}</td>
                    <td className="py-1 text-right text-muted">
                      {change(loss, epochs[place - 1]?.loss)}
                    </td>
                    <td className="py-1 text-right">{formatScore(validation?.value)}</td>
                    <td className="py-1 pr-1 text-right">{formatSeconds(seconds)}</td>
                  </tr>
                ))
                .reverse()}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function change(loss: number, before: number | undefined): string {
  if (before === undefined) return '–';
  const difference = loss - before;
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(3)}`;
}
