import { expect, it } from 'vitest';
import { LabelLooks } from '../../../server/services/label-looks.js';

/** A look that ends when it is told to. */
function heldLook(review: string) {
  const held: { end: () => void; tell: (share: number) => void; begun: number } = {
    ...{ end: () => undefined, tell: () => undefined, begun: 0 },
  };
  const begin = (onProgress: (share: number) => void) => {
    held.begun += 1;
    held.tell = onProgress;
    return new Promise<string>((resolve) => (held.end = () => resolve(review)));
  };
  return { held, begin };
}

const ORDER = { datasetId: 1, modelId: 1, stamp: '10 2' };

it('all who ask share one look, whose progress is told', async () => {
  const looks = new LabelLooks<string>();
  const { held, begin } = heldLook('said');
  expect(looks.progress(1)).toBeNull();
  const asked = [looks.latest({ ...ORDER, begin }), looks.latest({ ...ORDER, begin })];
  held.tell(0.4);
  expect(looks.progress(1)).toBe(0.4);
  expect(looks.progress(2)).toBeNull();
  held.end();
  expect(await Promise.all(asked)).toEqual([
    { review: 'said', isCurrent: true },
    { review: 'said', isCurrent: true },
  ]);
  expect(looks.progress(1)).toBeNull();
  expect(await looks.latest({ ...ORDER, begin })).toMatchObject({ isCurrent: true });
  expect(held.begun).toBe(1);
});

it('after a change the last look answers until the next one has ended', async () => {
  const looks = new LabelLooks<string>();
  const [first, second] = [heldLook('first'), heldLook('second')];
  const before = looks.latest({ ...ORDER, begin: first.begin });
  first.held.end();
  await before;
  looks.outdate(1);
  const meanwhile = await looks.latest({ ...ORDER, begin: second.begin });
  expect(meanwhile.review).toBe('first');
  expect(meanwhile.isCurrent).toBe(false);
  second.held.end();
  const after = await looks.latest({ ...ORDER, begin: second.begin });
  expect(after.review).toBe('second');
  expect(after.isCurrent).toBe(true);
  expect(second.held.begun).toBe(1);
});

it('a look that is outdated before it ends is followed by another', async () => {
  const looks = new LabelLooks<string>();
  const [first, second] = [heldLook('first'), heldLook('second')];
  const asked = looks.latest({ ...ORDER, begin: first.begin });
  looks.outdate(1);
  first.held.end();
  expect(await asked).toEqual({ review: 'first', isCurrent: false });
  const next = looks.latest({ ...ORDER, stamp: '11 2', begin: second.begin });
  second.held.end();
  expect(await next).toMatchObject({ isCurrent: true });
  expect(second.held.begun).toBe(1);
});

it('what another model says is never told', async () => {
  const looks = new LabelLooks<string>();
  const [first, second] = [heldLook('first'), heldLook('second')];
  const before = looks.latest({ ...ORDER, begin: first.begin });
  first.held.end();
  await before;
  const other = looks.latest({ ...ORDER, modelId: 2, begin: second.begin });
  second.held.end();
  expect((await other).review).toBe('second');
});

it('one that fails is told to who asks, and begun anew by the next', async () => {
  const looks = new LabelLooks<string>();
  const { held, begin } = heldLook('said');
  const failing = () => Promise.reject(new Error('damaged'));
  await expect(looks.latest({ ...ORDER, begin: failing })).rejects.toThrow('damaged');
  expect(looks.progress(1)).toBeNull();
  const next = looks.latest({ ...ORDER, begin });
  held.end();
  expect(await next).toMatchObject({ isCurrent: true });
});
