'use client';

import {
  createContext,
  useContext,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { useClient, useQuery, type CombinedError } from 'urql';
import { graphql } from '../../lib/graphql';
import type { OverviewQuery } from '../../gql/graphql';
import { chosenDatasetId, subscribeChosenDataset } from '../../lib/chosen-dataset';
import { hasEnded } from '../../lib/run-words';
import { useInterval } from '../../lib/use-interval';

const OverviewDocument = graphql(`
  query Overview {
    datasets {
      id
      name
      title
      status
      importedCount
      expectedCount
      importError
      activeModel {
        id
      }
      trainingRuns {
        id
        status
        phase
        epochsDone
        epochCount
      }
    }
  }
`);

export type OverviewDataset = OverviewQuery['datasets'][number];

/** A run that a trainer works on, and whose images it learns. */
export type RunningRun = OverviewDataset['trainingRuns'][number] & {
  readonly dataset: OverviewDataset;
};

/** What every page needs to know: the datasets, the one that is shown, and what is going on. */
interface Overview {
  readonly datasets: readonly OverviewDataset[];
  readonly dataset: OverviewDataset | null;
  /** The dataset's run that a trainer works on, or else the oldest that waits. */
  readonly goingRun: OverviewDataset['trainingRuns'][number] | null;
  /** What a trainer works on, of whichever dataset. */
  readonly runningRun: RunningRun | null;
  readonly loaded: boolean;
  readonly error: CombinedError | undefined;
  readonly refresh: () => void;
  /** Asks anew, and waits for the answer: for going on to something that has just been created. */
  readonly refreshed: () => Promise<void>;
}

const Context = createContext<Overview | null>(null);
const BUSY_MS = 2_000;
const IDLE_MS = 15_000;
const AFRESH = { requestPolicy: 'network-only' } as const;

export function OverviewProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [result, ask] = useQuery({ query: OverviewDocument, ...AFRESH });
  const chosenId = useSyncExternalStore(subscribeChosenDataset, chosenDatasetId, () => null);

  // A failed refresh keeps what is known: the console must not blank while the server restarts. One
  // that brings nothing new draws nothing anew: every page hangs on this.
  const [known, setKnown] = useState(result.data);
  if (result.data && result.data !== known && !isSame(result.data, known)) setKnown(result.data);

  const { error } = result;
  const value = useMemo(() => {
    const datasets = known?.datasets ?? [];
    const dataset =
      datasets.find(({ id }) => id === chosenId) ??
      datasets.find(({ status }) => status !== 'DELETING') ??
      datasets[0] ??
      null;
    return {
      datasets,
      dataset,
      goingRun:
        dataset?.trainingRuns.find(({ status }) => status === 'RUNNING') ??
        dataset?.trainingRuns.findLast(({ status }) => !hasEnded(status)) ??
        null,
      runningRun: runningOf(datasets),
      loaded: !!known,
      error,
      refresh: () => ask(AFRESH),
      refreshed: async () => {
        await client.query(OverviewDocument, {}, AFRESH).toPromise();
      },
    };
  }, [known, chosenId, error, ask, client]);
  const { datasets, dataset, goingRun, runningRun, refresh } = value;
  const moving = datasets.some(({ status }) => status === 'IMPORTING' || status === 'DELETING');
  const unsettled = moving || dataset?.trainingRuns.length === 0;
  const busy = !known || (goingRun ?? runningRun) !== null || unsettled;
  useInterval(refresh, busy ? BUSY_MS : IDLE_MS);

  return <Context value={value}>{children}</Context>;
}

function runningOf(datasets: readonly OverviewDataset[]): RunningRun | null {
  for (const dataset of datasets) {
    const run = dataset.trainingRuns.find(({ status }) => status === 'RUNNING');
    if (run) return { ...run, dataset };
  }
  return null;
}

function isSame(one: OverviewQuery, other: OverviewQuery | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function useOverview(): Overview {
  const overview = useContext(Context);
  if (!overview) throw new Error('useOverview is for components inside OverviewProvider');
  return overview;
}
