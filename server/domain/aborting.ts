import { LookalikeError } from './errors.js';

/** What work asks in between whether it is to go on; an AbortSignal is one. */
export interface StopSignal {
  /** @throws the reason why the work is to be given up */
  throwIfAborted(): void;
}

/** Why work is given up whose answer nobody waits for any more. */
export class Abandoned extends LookalikeError {
  constructor() {
    super('TIMED_OUT', 'Nobody waits for the answer any more.');
  }
}

/**
 * What comes of work that others may wait for too, or that cannot be given up itself.
 * @throws the reason of the signal, as soon as it tells to wait no longer
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
