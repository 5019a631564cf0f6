import { useEffect, useEffectEvent, useReducer, useState } from 'react';
import { followRun, type Connection, type TrainingNews } from './follow-run';
import type { Run, RunEpoch, RunWithEpochs } from './run-documents';
import { hasEnded } from './run-words';

interface LiveRun {
  readonly run: Run;
  /** In order; every epoch once, however often it was told. */
  readonly epochs: readonly RunEpoch[];
}

/** A run, kept up to date while it goes, from what was known of it when the page opened. */
export function useLiveRun(known: RunWithEpochs): LiveRun & {
  readonly connection: Connection;
  /** Takes over a run as a mutation answered it. */
  readonly update: (run: Run) => void;
} {
  const [live, tell] = useReducer(reduce, { run: known, epochs: known.epochs });
  const [connection, setConnection] = useState<Connection>('connecting');
  const { id, status } = live.run;
  const going = !hasEnded(status);
  const lastEpoch = useEffectEvent(() => live.epochs.at(-1)?.epoch ?? 0);

  useEffect(() => {
    if (!going) return;
    const abort = new AbortController();
    void followRun({
      runId: id,
      afterEpoch: lastEpoch(),
      onNews: tell,
      onConnection: setConnection,
      signal: abort.signal,
    });
    return () => abort.abort();
  }, [id, going]);

  return { ...live, connection, update: (run) => tell({ run, epoch: null }) };
}

function reduce(live: LiveRun, { run, epoch }: TrainingNews): LiveRun {
  if (!epoch) return { ...live, run };
  const others = live.epochs.filter((known) => known.epoch !== epoch.epoch);
  return { run, epochs: [...others, epoch].sort((a, b) => a.epoch - b.epoch) };
}
