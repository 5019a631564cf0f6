import { expect, it } from 'vitest';
import { inParts } from '../../../server/domain/progress.js';

it('the parts of a work follow one another, each as long as it weighs', async () => {
  const told: number[] = [];
  const onProgress = (done: number) => {
    told.push(done);
    return Promise.resolve();
  };
  const [first, none, second] = inParts(onProgress, 1, 0, 3);
  for (const part of [first, none, second]) {
    for (const done of [0, 0.5, 1]) await part(done);
  }
  expect(told).toEqual([0, 0.125, 0.25, 0.25, 0.25, 0.25, 0.25, 0.625, 1]);
});

it('what is thrown ends the part, and a part of a part is one of the whole', async () => {
  const [, rest] = inParts((done) => Promise.reject(new Error(`at ${done}`)), 1, 1);
  const [, last] = inParts(rest, 1, 1);
  await expect(last(0)).rejects.toThrow('at 0.75');
});
