import type { StopSignal } from './aborting.js';

/**
 * A turn of the event loop: lets requests, signals and other work in between two steps.
 * @param signal tells that the work is to be given up
 * @throws the reason of the signal
 */
export async function turnOfTheEventLoop(signal?: StopSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
