import { EventEmitter, on } from 'node:events';
import type { Events, Topics } from '../../../ports/events.js';

/** Events for subscribers in the same process. */
export class InProcessEvents implements Events {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  publish<T extends keyof Topics>(topic: T, payload: Topics[T]): void {
    this.emitter.emit(topic, payload);
  }

  /** `on` listens at once, so that nothing is missed between the call and the first read. */
  subscribe<T extends keyof Topics>(topic: T): AsyncIterableIterator<Topics[T]> {
    const listening = on(this.emitter, topic);
    let stopped = false;
    const payloads: AsyncIterableIterator<Topics[T]> = {
      next: async () => {
        // `on` would still hand out what came in before it was stopped.
        if (stopped) return { done: true, value: undefined };
        const result: IteratorResult<unknown> = await listening.next();
        if (result.done || !Array.isArray(result.value)) return { done: true, value: undefined };
        return { done: false, value: result.value[0] as Topics[T] };
      },
      return: async () => {
        stopped = true;
        await listening.return?.();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => payloads,
    };
    return payloads;
  }
}
