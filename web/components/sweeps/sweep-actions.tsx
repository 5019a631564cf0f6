'use client';

import { useMutation } from 'urql';
import { compareRunsAddress, FEWEST_RUNS, MOST_RUNS } from '../../lib/run-comparison';
import { Button, ButtonLink } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { useOverview } from '../shell/overview';
import { CancelSweepDocument, type ShownSweep } from './sweep-documents';

/** Cancel it, compare the best of its runs. */
export function SweepActions({ sweep, onChange }: { sweep: ShownSweep; onChange: () => void }) {
  const { refresh } = useOverview();
  const [{ fetching, error }, cancel] = useMutation(CancelSweepDocument);
  const best = sweep.settings.filter(({ rank }) => typeof rank === 'number').slice(0, MOST_RUNS);
  const onCancel = async () => {
    await cancel({ id: sweep.id });
    refresh();
    onChange();
  };
  return (
    <>
      {best.length >= FEWEST_RUNS && (
        <ButtonLink href={compareRunsAddress(best.map(({ run }) => run.id))}>
          Compare the best {best.length}
        </ButtonLink>
      )}
      {sweep.status === 'RUNNING' && (
        <Button disabled={fetching} onClick={() => void onCancel()}>
          {fetching ? 'Cancelling …' : 'Cancel the sweep'}
        </Button>
      )}
      {error && <ErrorNote error={error} />}
    </>
  );
}
