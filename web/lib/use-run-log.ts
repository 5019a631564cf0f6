import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from './graphql';
import type { RunLogQuery } from '../gql/graphql';
import { useInterval } from './use-interval';

const RunLogDocument = graphql(`
  query RunLog($id: ID!, $after: Int!) {
    trainingRun(id: $id) {
      id
      log(after: $after) {
        line
        at
        message
      }
    }
  }
`);

export type RunLogLine = RunLogQuery['trainingRun']['log'][number];

const REFRESH_MS = 2_000;

/** The log of a run: read to its end, then on while the run goes, and once more when it stops. */
export function useRunLog(runId: string, going: boolean): readonly RunLogLine[] {
  const client = useClient();
  const [lines, setLines] = useState<readonly RunLogLine[]>([]);
  const [reading, setReading] = useState(0);
  const after = lines.at(-1)?.line ?? 0;
  useInterval(() => setReading((count) => count + 1), going ? REFRESH_MS : null);
  useEffect(() => {
    const variables = { id: runId, after };
    const answer = client.query(RunLogDocument, variables, { requestPolicy: 'network-only' });
    const { unsubscribe } = answer.subscribe(({ data }) => {
      const fresh = data?.trainingRun.log ?? [];
      if (fresh.length > 0) {
        setLines((known) => [
          ...known,
          ...fresh.filter(({ line }) => line > (known.at(-1)?.line ?? 0)),
        ]);
      }
    });
    return unsubscribe;
  }, [client, runId, after, reading, going]);
  return lines;
}
