'use client';

import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from 'react';
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

/** What every page needs to know: the datasets, the one that is shown, and what is going on. */
interface Overview {
  readonly datasets: readonly OverviewDataset[];
  readonly dataset: OverviewDataset | null;
  /** The newest run that has not ended. */
  readonly goingRun: OverviewDataset['trainingRuns'][number] | null;
  readonly loaded: boolean;
  readonly error: CombinedError | undefined;
  readonly refresh: () => void;
  /** Asks anew, and waits for the answer: for going on to something that has just been created. */
  readonly refreshed: () => Promise<void>;
}

const Context = createContext<Overview | null>(null);
const BUSY_MS = 2_000;
const IDLE_MS = 15_000;

export function OverviewProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [result, ask] = useQuery({ query: OverviewDocument, requestPolicy: 'network-only' });
  const chosenId = useSyncExternalStore(subscribeChosenDataset, chosenDatasetId, () => null);

  // A failed refresh keeps what is known: the console must not blank while the server restarts.
  const [known, setKnown] = useState(result.data);
  if (result.data && result.data !== known) setKnown(result.data);

  const datasets = known?.datasets ?? [];
  const dataset =
    datasets.find(({ id }) => id === chosenId) ??
    datasets.find(({ status }) => status !== 'DELETING') ??
    datasets[0] ??
    null;
  const goingRun = dataset?.trainingRuns.find(({ status }) => !hasEnded(status)) ?? null;
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const moving = datasets.some(({ status }) => status === 'IMPORTING' || status === 'DELETING');
  const refreshed = async () => {
    await client.query(OverviewDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  };
  const unsettled = moving || dataset?.trainingRuns.length === 0;
  const busy = !known || goingRun !== null || unsettled;
  useInterval(refresh, busy ? BUSY_MS : IDLE_MS);

  const value = {
    datasets,
    dataset,
    goingRun,
    loaded: !!known,
    error: result.error,
    refresh,
    refreshed,
  };
  return <Context value={value}>{children}</Context>;
}

export function useOverview(): Overview {
  const overview = useContext(Context);
  if (!overview) throw new Error('useOverview is for components inside OverviewProvider');
  return overview;
}
