import type { AugmentationRuntime } from '../../../ports/augmentation.js';
import type { BulkRuntime, ModelRuntime } from '../../../ports/model-runtime.js';
import { errorOf, type Answer, type BatchNews, type Call } from './messages.js';
import { Outbox } from './outbox.js';

/** What an embedding process answers with; each of the API's two is asked for a part of it. */
export interface Served {
  readonly queries: ModelRuntime;
  readonly bulk: BulkRuntime;
  readonly augmentation: AugmentationRuntime;
}

/**
 * The embedding process's side: answers the parent's calls, and ends when the parent does.
 * @param compose gets what tells the parent of a batch
 */
export function serveRuntimes(compose: (onBatch: (news: BatchNews) => void) => Served): void {
  const answers = new Outbox<Answer>((waiting) => process.send?.(waiting));
  const served = compose((batch) => answers.post({ batch }));
  process.on('message', (calls: readonly Call[]) => {
    for (const call of calls) void answer(served, call).then((reply) => answers.post(reply));
  });
  process.on('disconnect', () => process.exit(0));
  // These go to the whole group at its end. The parent decides when this process ends: else the
  // picture at hand would be blamed for it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
}

async function answer(served: Served, message: Call): Promise<Answer> {
  try {
    return { call: message.call, value: await perform(served, message) };
  } catch (thrown) {
    return { call: message.call, error: errorOf(thrown) };
  }
}

function perform({ queries, bulk, augmentation }: Served, message: Call): Promise<unknown> {
  switch (message.method) {
    case 'embed':
      return queries.embed(...message.parameters);
    case 'reconstruct':
      return queries.reconstruct(...message.parameters);
    case 'augment':
      return augmentation.augment(...message.parameters);
    case 'examine':
      return bulk.examine(...message.parameters);
    case 'embedImages':
      return bulk.embedImages(...message.parameters);
    case 'rebuildIndex':
      return bulk.rebuildIndex(...message.parameters);
  }
}
