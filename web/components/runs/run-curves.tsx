import { formatLoss } from '../../lib/format';
import { grouped } from '../../lib/run-comparison';
import { OverlaidCurves } from '../charts/overlaid-curves';
import { Section } from '../elements/section';
import type { ComparedArchitecture, ComparedRun } from './comparison-document';

/** The losses over each other, a picture for each kind of loss: others cannot be compared. */
export function RunCurves({
  runs,
  architectures,
}: {
  runs: readonly ComparedRun[];
  architectures: readonly ComparedArchitecture[];
}) {
  const lossOf = ({ architecture }: ComparedRun) =>
    architectures.find(({ name }) => name === architecture)?.loss ?? architecture;
  const learned = runs.filter(({ epochs }) => epochs.length > 0);
  const still = runs.filter(({ epochs }) => epochs.length === 0);
  return (
    <Section
      title="Losses"
      hint="After each epoch. Losses of different kinds are not drawn over each other."
    >
      <div className="flex flex-col gap-6">
        {grouped(learned, lossOf).map(([loss, alike]) => (
          <div key={loss}>
            <p className="mb-2 text-sm text-muted">{loss}</p>
            <OverlaidCurves
              title="Loss"
              format={formatLoss}
              curves={alike.map(({ id, look, epochs }) => ({
                name: `Run ${id}`,
                look,
                points: epochs.map(({ epoch, loss: value }) => ({ epoch, value })),
              }))}
            />
          </div>
        ))}
        {still.length > 0 && (
          <p className="text-sm text-muted">
            No epochs: {still.map(({ id }) => `run ${id}`).join(', ')}.
          </p>
        )}
      </div>
    </Section>
  );
}
