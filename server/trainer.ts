import {
  MAPS,
  OWNER,
  STOP,
  type TrainerMessage,
} from './adapters/model-runtime/child-process/messages.js';
import { composeMapMaker, composeTrainer } from './compose-children.js';
import { readConfig } from './config.js';
import { LookalikeError } from './domain/errors.js';

/**
 * The training process: works off a queue, of runs or of maps, then ends. It stops when its parent is
 * gone.
 */
// Whoever read what is told may be gone: that ends no run.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const stop = new AbortController();
process.on('message', (message) => {
  if (message === STOP) stop.abort();
});
process.on('disconnect', () => stop.abort());
// Ctrl-C goes to the whole group; the parent decides when this process ends.
process.on('SIGINT', () => undefined);

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const owner = process.argv.find((word) => word.startsWith(OWNER))?.slice(OWNER.length);
  const worker = process.argv.includes(MAPS)
    ? composeMapMaker(config, owner)
    : await composeTrainer(config, owner, (runId, memory) => {
        const message: TrainerMessage = { runChanged: runId, memory };
        if (process.connected) process.send?.(message);
      });
  while (!stop.signal.aborted && (await worker.runNext(stop.signal)));
  await worker.close();
}

main().then(
  () => process.exit(0),
  (thrown: unknown) => {
    console.error(thrown instanceof LookalikeError ? `${thrown.code}: ${thrown.message}` : thrown);
    process.exit(1);
  },
);
