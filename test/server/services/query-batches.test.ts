import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createNetworks } from '../../../server/ml/networks.js';
import type { Network } from '../../../server/ports/networks.js';
import { QueryBatches } from '../../../server/services/query-batches.js';
import { inputOf, recipeOf } from '../ml/pictures.js';

const INPUT = inputOf(28, 28, 1);

/** A network that notes how many pictures came together. */
async function countingNetwork(): Promise<{ network: Network; counts: number[] }> {
  const { create } = await createNetworks();
  const made = create(recipeOf({}, INPUT));
  onTestFinished(() => made.dispose());
  const counts: number[] = [];
  const network = Object.create(made) as Network;
  network.encode = (pictures) => {
    counts.push(pictures.count);
    return made.encode(pictures);
  };
  return { network, counts };
}

const picture = (value: number) => new Uint8Array(28 * 28).fill(value);

it('one alone waits for nothing', async () => {
  const { network, counts } = await countingNetwork();
  const batches = new QueryBatches(network, () => false);
  expect(await batches.encode(picture(1))).toHaveLength(network.latentSize);
  expect(counts).toEqual([1]);
  expect(batches.isIdle).toBe(true);
});

it('those that are decoded while others are go together with these', async () => {
  const { network, counts } = await countingNetwork();
  let areMoreComing = true;
  const batches = new QueryBatches(network, () => areMoreComing);
  const first = [1, 2].map((value) => batches.encode(picture(value)));
  areMoreComing = false;
  const vectors = await Promise.all([...first, batches.encode(picture(3))]);
  expect(counts).toEqual([3]);
  const alone = await network.encode({ count: 1, pixels: picture(2) });
  alone.forEach((value, at) => expect(vectors[1]?.[at]).toBeCloseTo(value, 5));
});

it('a batch that is worth it does not wait, and none is larger than a network takes at once', async () => {
  const { network, counts } = await countingNetwork();
  const batches = new QueryBatches(network, () => true);
  await Promise.all(Array.from({ length: 100 }, (_, value) => batches.encode(picture(value))));
  expect(counts.reduce((sum, count) => sum + count)).toBe(100);
  expect(Math.max(...counts)).toBeLessThanOrEqual(64);
  expect(counts.length).toBeLessThanOrEqual(3);
});

it('nobody waits long for one that is slow to decode', async () => {
  const { network } = await countingNetwork();
  const batches = new QueryBatches(network, () => true);
  const outcome = await Promise.race([batches.encode(picture(1)), wait(20_000, 'still waiting')]);
  expect(outcome).toHaveLength(network.latentSize);
});

it('what the network throws is told to each, and the next are embedded', async () => {
  const { network } = await countingNetwork();
  const batches = new QueryBatches(network, () => false);
  const spoilt = new Uint8Array(3 * 28 * 28);
  const outcomes = await Promise.allSettled([batches.encode(spoilt), batches.encode(picture(1))]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await batches.encode(picture(1))).toHaveLength(network.latentSize);
});
