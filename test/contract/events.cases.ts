import { expect, it } from 'vitest';
import type { Events } from '../../server/ports/events.js';

/** What every way of announcing promises. */
export function eventsCases(open: () => Events): void {
  it('what is published after the subscription is received in order, also before it is read', async () => {
    const events = open();
    const received = events.subscribe('trainingRunChanged');
    events.publish('trainingRunChanged', { runId: 1 });
    events.publish('trainingRunChanged', { runId: 2 });
    expect(await received.next()).toEqual({ done: false, value: { runId: 1 } });
    expect(await received.next()).toEqual({ done: false, value: { runId: 2 } });
  });

  it('who waits already receives what is published', async () => {
    const events = open();
    const waiting = events.subscribe('trainingRunChanged').next();
    events.publish('trainingRunChanged', { runId: 3 });
    expect(await waiting).toEqual({ done: false, value: { runId: 3 } });
  });

  it('what was published before the subscription is not received', async () => {
    const events = open();
    events.publish('trainingRunChanged', { runId: 1 });
    const received = events.subscribe('trainingRunChanged');
    events.publish('trainingRunChanged', { runId: 2 });
    expect((await received.next()).value).toEqual({ runId: 2 });
  });

  it('two subscribers both receive everything, each at its own pace', async () => {
    const events = open();
    const [first, second] = [
      events.subscribe('trainingRunChanged'),
      events.subscribe('trainingRunChanged'),
    ];
    events.publish('trainingRunChanged', { runId: 1 });
    expect((await first.next()).value).toEqual({ runId: 1 });
    events.publish('trainingRunChanged', { runId: 2 });
    expect((await first.next()).value).toEqual({ runId: 2 });
    expect((await second.next()).value).toEqual({ runId: 1 });
    expect((await second.next()).value).toEqual({ runId: 2 });
  });

  it('return() ends a next() that waits, and everything after it', async () => {
    const events = open();
    const received = events.subscribe('trainingRunChanged');
    const waiting = received.next();
    await received.return?.();
    expect((await waiting).done).toBe(true);
    events.publish('trainingRunChanged', { runId: 1 });
    expect((await received.next()).done).toBe(true);
  });

  it('a subscriber that stops takes nothing from another', async () => {
    const events = open();
    const [leaving, staying] = [
      events.subscribe('trainingRunChanged'),
      events.subscribe('trainingRunChanged'),
    ];
    await leaving.return?.();
    events.publish('trainingRunChanged', { runId: 1 });
    expect((await staying.next()).value).toEqual({ runId: 1 });
  });

  it('a for-await loop receives until it is left', async () => {
    const events = open();
    const received = events.subscribe('trainingRunChanged');
    for (const runId of [1, 2, 3]) events.publish('trainingRunChanged', { runId });
    const seen: number[] = [];
    for await (const { runId } of received) {
      seen.push(runId);
      if (runId === 2) break;
    }
    expect(seen).toEqual([1, 2]);
  });

  it('what was not read before the consumer stopped is not received any more', async () => {
    const events = open();
    const received = events.subscribe('trainingRunChanged');
    events.publish('trainingRunChanged', { runId: 1 });
    await received.return?.();
    expect((await received.next()).done).toBe(true);
  });

  it('a topic is silent while another is published', async () => {
    // There is one topic so far: the one beside it is made up.
    const events = open();
    const beside = events as unknown as { publish(topic: string, payload: unknown): void };
    const received = events.subscribe('trainingRunChanged');
    beside.publish('somethingElse', { runId: 1 });
    events.publish('trainingRunChanged', { runId: 2 });
    expect((await received.next()).value).toEqual({ runId: 2 });
  });
}
