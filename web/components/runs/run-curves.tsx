import { formatLoss } from '../../lib/format';
import { grouped } from '../../lib/run-comparison';
import { OverlaidCurves } from '../charts/overlaid-curves';
import { Section } from '../elements/section';
import type { ComparedArchitecture, ComparedRun } from './comparison-document';
import { RunName } from './run-name';

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
  const kinds = grouped(runs, lossOf);
  return (
    <Section
      title="Losses"
      hint="After each epoch. Losses of different kinds are not drawn over each other."
    >
      <div className="flex flex-col gap-6">
        {kinds.map(([loss, alike]) => (
          <div key={loss}>
            <p className="mb-2 text-sm text-muted">
              {loss}
              {isScaledOtherwise(alike) &&
                ' These runs differ in how many batches an epoch has: sums over batches differ by that alone.'}
            </p>
            <LossesOfAKind runs={alike} />
          </div>
        ))}
      </div>
    </Section>
  );
}

/** As curves where any has more than a point, else in words. */
function LossesOfAKind({ runs }: { runs: readonly ComparedRun[] }) {
  if (runs.every(({ epochs }) => epochs.length < 2)) {
    return (
      <ul className="text-sm">
        {runs.map((run) => {
          const [only] = run.epochs;
          return (
            <li key={run.id}>
              <RunName run={run} />{' '}
              {only ? `${formatLoss(only.loss)} after its one epoch` : 'has no epoch'}
            </li>
          );
        })}
      </ul>
    );
  }
  return (
    <OverlaidCurves
      title="Loss"
      format={formatLoss}
      curves={runs.map(({ id, look, epochs }) => ({
        name: `Run ${id}`,
        look,
        points: epochs.map(({ epoch, loss: value }) => ({ epoch, value })),
      }))}
    />
  );
}

function isScaledOtherwise(runs: readonly ComparedRun[]): boolean {
  const valueOf = ({ hyperparameters }: ComparedRun, wanted: string) =>
    hyperparameters.find(({ name }) => name === wanted)?.value;
  return ['batchSize', 'trainingImages'].some(
    (name) => new Set(runs.map((run) => valueOf(run, name))).size > 1,
  );
}
