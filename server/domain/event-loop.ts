/** A turn of the event loop: lets requests, signals and other work in between two steps. */
export function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
