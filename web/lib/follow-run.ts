import { stringifyDocument } from 'urql';
import type { TrainingProgressSubscription } from '../gql/graphql';
import { liveConnection } from './live-connection';
import { TrainingProgressDocument } from './run-documents';
import { hasEnded } from './run-words';

export type TrainingNews = TrainingProgressSubscription['trainingProgress'];
/** `gone`: the run was deleted meanwhile. */
export type Connection = 'connecting' | 'live' | 'lost' | 'gone';

interface Following {
  readonly runId: string;
  /** The last epoch that is known already. */
  readonly afterEpoch: number;
  readonly onNews: (news: TrainingNews) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly signal: AbortSignal;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/**
 * Follows a run until it has ended. A lost connection (a restarted server) is opened again, for ever
 * and ever less often, and goes on after the last epoch that came.
 */
export async function followRun(following: Following): Promise<void> {
  const { runId, onNews, onConnection, signal } = following;
  let afterEpoch = following.afterEpoch;
  let wait = FIRST_WAIT_MS;
  const stopped = () => signal.aborted;
  while (!stopped()) {
    try {
      for await (const news of progress(runId, afterEpoch, signal)) {
        if (stopped()) return;
        wait = FIRST_WAIT_MS;
        afterEpoch = Math.max(afterEpoch, news.epoch?.epoch ?? 0);
        onConnection('live');
        onNews(news);
        if (hasEnded(news.run.status) && !news.epoch) return;
      }
    } catch (thrown) {
      if (isGone(thrown)) {
        onConnection('gone');
        return;
      }
      // Closed or refused: all that can be done is to ask again.
    }
    if (stopped()) return;
    onConnection('lost');
    await sleep(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

async function* progress(
  runId: string,
  afterEpoch: number,
  signal: AbortSignal,
): AsyncGenerator<TrainingNews> {
  const results = liveConnection().iterate<TrainingProgressSubscription>({
    query: stringifyDocument(TrainingProgressDocument),
    variables: { runId, afterEpoch },
  });
  const stop = () => void results.return?.();
  signal.addEventListener('abort', stop);
  try {
    for await (const { data, errors } of results) {
      if (data) yield data.trainingProgress;
      else throw new Error(JSON.stringify(errors));
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Refused for good: errors of the API come as an array or in the answer, a lost socket as an event. */
function isGone(thrown: unknown): boolean {
  const told = thrown instanceof Error ? thrown.message : JSON.stringify(thrown);
  return told.includes('TRAINING_RUN_NOT_FOUND');
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
