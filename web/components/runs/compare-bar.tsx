import { compareRunsAddress, FEWEST_RUNS, MOST_RUNS } from '../../lib/run-comparison';
import { Button, ButtonLink } from '../elements/button';

/** What can be done with the runs whose boxes are ticked. */
export function CompareBar({ ids, onClear }: { ids: ReadonlySet<string>; onClear: () => void }) {
  return (
    <div className="mb-3 flex min-h-9 flex-wrap items-center gap-3">
      <p role="status" className="text-sm text-muted">
        {ids.size === 0
          ? `Tick ${FEWEST_RUNS} to ${MOST_RUNS} runs to compare them.`
          : `${ids.size} of at most ${MOST_RUNS} runs ticked.`}
      </p>
      {ids.size >= FEWEST_RUNS && (
        <ButtonLink look="primary" href={compareRunsAddress(ids)}>
          Compare {ids.size} runs
        </ButtonLink>
      )}
      {ids.size > 0 && (
        <Button look="quiet" onClick={onClear}>
          Untick all
        </Button>
      )}
    </div>
  );
}
