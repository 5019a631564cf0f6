import type { ModelRuntime } from '../../../ports/model-runtime.js';
import { errorOf, type Answer, type Call } from './messages.js';

/** The embedding process's side: answers the parent's calls, and ends when the parent does. */
export function serveModelRuntime(runtime: ModelRuntime): void {
  process.on('message', (message: Call) => {
    void answer(runtime, message).then((reply) => process.send?.(reply));
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C goes to the whole group; the parent decides when this process ends.
  process.on('SIGINT', () => undefined);
}

async function answer(runtime: ModelRuntime, message: Call): Promise<Answer> {
  try {
    return { call: message.call, value: await perform(runtime, message) };
  } catch (thrown) {
    return { call: message.call, error: errorOf(thrown) };
  }
}

function perform(runtime: ModelRuntime, message: Call): Promise<unknown> {
  switch (message.method) {
    case 'embedUpload':
      return runtime.embedUpload(...message.parameters);
    case 'reconstruct':
      return runtime.reconstruct(...message.parameters);
    case 'rebuildIndex':
      return runtime.rebuildIndex(...message.parameters);
  }
}
