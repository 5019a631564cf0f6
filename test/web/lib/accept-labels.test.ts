import { expect, it } from 'vitest';
import {
  acceptInSteps,
  allPages,
  LABELS_AT_A_TIME,
  type ImageLabel,
} from '../../../web/lib/accept-labels.js';

function labels(count: number): ImageLabel[] {
  return Array.from({ length: count }, (_, at) => ({ imageId: String(at + 1), label: 'Bag' }));
}

it.each([0, 3, LABELS_AT_A_TIME, 2 * LABELS_AT_A_TIME + 1])(
  '%i labels are read page by page, each once',
  async (count) => {
    const all = labels(count);
    const read = await allPages((offset) =>
      Promise.resolve(all.slice(offset, offset + LABELS_AT_A_TIME)),
    );
    expect(read).toEqual(all);
  },
);

it('labels are accepted in steps, and what was before is told of all', async () => {
  const steps: number[] = [];
  const progress: number[] = [];
  const accepted = await acceptInSteps(
    labels(LABELS_AT_A_TIME + 5),
    (some) => {
      steps.push(some.length);
      const [first] = some;
      const previous = first ? [{ imageId: first.imageId, label: null }] : [];
      return Promise.resolve({ changedCount: some.length - 1, previous });
    },
    (done) => progress.push(done),
  );
  expect(steps).toEqual([LABELS_AT_A_TIME, 5]);
  expect(progress).toEqual([0, LABELS_AT_A_TIME]);
  expect(accepted).toEqual({
    changedCount: LABELS_AT_A_TIME + 3,
    previous: [
      { imageId: '1', label: null },
      { imageId: String(LABELS_AT_A_TIME + 1), label: null },
    ],
    failure: null,
  });
});

it('what was written before a step failed is told, to be taken back', async () => {
  const failure = new Error('The disk is full.');
  let steps = 0;
  const accepted = await acceptInSteps(
    labels(3 * LABELS_AT_A_TIME),
    (some) => {
      steps += 1;
      if (steps === 2) return Promise.reject(failure);
      return Promise.resolve({ changedCount: some.length, previous: some });
    },
    () => undefined,
  );
  expect(steps).toBe(2);
  expect(accepted.failure).toBe(failure);
  expect(accepted.previous).toHaveLength(LABELS_AT_A_TIME);
});

it('of what an answer told only what an input takes is sent back', async () => {
  const told = { imageId: '1', label: null, __typename: 'ImageLabel' };
  const sent: unknown[] = [];
  await acceptInSteps(
    [told],
    (some) => {
      sent.push(...some);
      return Promise.resolve({ changedCount: 1, previous: [] });
    },
    () => undefined,
  );
  expect(sent).toEqual([{ imageId: '1', label: null }]);
});
