import { expect } from 'vitest';
import { ask } from '../../integration/graphql-request.js';
import { until, type Dice } from '../dice.js';
import { datasetFacts, datasetNamed, listedImages, neighboursOf } from '../listing.js';
import type { Victim, World } from '../world.js';
import type { Scenario } from './scenario.js';

const HEADERS = { 'content-type': 'application/zip', 'apollo-require-preflight': 'true' };
const LATEST_KILL_MS = 700;

/** The dataset that runs learn from, imported again as a bundle with its model. */
export class BundleImporting implements Scenario {
  readonly kind = 'bundle';
  readonly weight = 2;
  private bundle: ArrayBuffer | null = null;
  private copies = 0;

  async run(world: World, dice: Dice): Promise<readonly Victim[]> {
    const source = world.trainedDatasetId;
    this.bundle = await (await world.server.fetch(`/datasets/${source}/bundle`)).arrayBuffer();
    this.copies += 1;
    const name = `copy-${this.copies}`;
    const taken = this.send(world, name);
    await dice.pause(LATEST_KILL_MS);
    const { victims } = await world.kill(dice.pick<Victim>(['api', 'all', 'embedder']), dice);
    const isAcknowledged = await taken;
    const id = await datasetNamed(world.server, name);
    if (id === null) expect(isAcknowledged, 'an acknowledged bundle is gone').toBe(false);
    else await checkCopy(world, id);
    await world.check(dice);
    return victims;
  }

  private async send({ server }: World, name: string): Promise<boolean> {
    try {
      const request = { method: 'POST', body: this.bundle, headers: HEADERS };
      return (await server.fetch(`/bundles?name=${name}`, request)).status === 202;
    } catch {
      return false;
    }
  }
}

/** All images and the model are there, with the same neighbours; then it is deleted. */
async function checkCopy(world: World, id: string): Promise<void> {
  const { server, trainedDatasetId } = world;
  await until('the bundle is imported', async () => {
    const { status, importError } = await datasetFacts(server, id);
    expect(importError).toBeNull();
    return status === 'READY';
  });
  const original = await listedImages(server, trainedDatasetId);
  const copy = await listedImages(server, id);
  const told = ({ images }: typeof copy) =>
    images.map(({ name, label, split, sha256 }) => [name, label, split, sha256]);
  expect(told(copy)).toEqual(told(original));
  expect((await datasetFacts(server, id)).activeModel).not.toBeNull();
  const [mine] = original.images;
  const [twin] = copy.images;
  if (!mine || !twin) throw new Error('There is nothing to search with.');
  const names = async (imageId: string) =>
    (await neighboursOf(server, imageId, { k: 5, split: 'TRAIN' })).neighbours.map((n) => n.name);
  expect(await names(twin.id)).toEqual(await names(mine.id));
  await ask(server, 'mutation ($id: ID!) { deleteDataset(id: $id) }', { id });
}
