/**
 * A turn of the event loop: lets requests, signals and other work in between two steps.
 * @param signal tells that the work is to be given up
 * @throws the reason of the signal
 */
export async function turnOfTheEventLoop(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
