import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Outbox } from '../../../server/adapters/model-runtime/child-process/outbox.js';

it('what is posted in one turn of the event loop goes together, in order, and nothing twice', async () => {
  const sent: (readonly string[])[] = [];
  const outbox = new Outbox<string>((messages) => sent.push(messages));
  outbox.post('a');
  outbox.post('b');
  expect(sent).toEqual([]);
  await turn();
  expect(sent).toEqual([['a', 'b']]);
  await turn();
  outbox.post('c');
  await turn();
  expect(sent).toEqual([['a', 'b'], ['c']]);
});

it('what is posted while others are sent goes next', async () => {
  const sent: (readonly string[])[] = [];
  const outbox = new Outbox<string>((messages) => {
    sent.push(messages);
    if (sent.length === 1) outbox.post('later');
  });
  outbox.post('first');
  await turn();
  await turn();
  expect(sent).toEqual([['first'], ['later']]);
});
