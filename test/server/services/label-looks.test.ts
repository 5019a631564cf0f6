import { expect, it } from 'vitest';
import { Abandoned } from '../../../server/domain/aborting.js';
import { LookalikeError } from '../../../server/domain/errors.js';
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

it('stops when nobody waits for it any more, and whoever comes then begins another', async () => {
  const looks = new LabelLooks<string>();
  const signals: AbortSignal[] = [];
  const begin = (_onProgress: (share: number) => void, signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<string>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  };
  const [one, other] = [new AbortController(), new AbortController()];
  const asked = [one, other].map(({ signal }) => looks.latest({ ...ORDER, begin }, signal));
  const gone = asked.map((each) => expect(each).rejects.toBeInstanceOf(Abandoned));
  one.abort(new Abandoned());
  await gone[0];
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  other.abort(new Abandoned());
  await gone[1];
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(looks.progress(1)).toBeNull();
  const { held, begin: beginAgain } = heldLook('again');
  const again = looks.latest({ ...ORDER, begin: beginAgain });
  held.end();
  expect((await again).review).toBe('again');
});

it('goes on where the time of those who waited is over: they ask again', async () => {
  const looks = new LabelLooks<string>();
  const { held, begin } = heldLook('said');
  const late = new LookalikeError('TIMED_OUT');
  const asked = looks.latest({ ...ORDER, begin }, AbortSignal.abort(late));
  await expect(asked).rejects.toBe(late);
  expect(looks.progress(1)).toBe(0);
  const again = looks.latest({ ...ORDER, begin });
  held.end();
  expect((await again).review).toBe('said');
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
