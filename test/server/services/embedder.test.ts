import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PictureQuery } from '../../../server/domain/image.js';
import type { Model } from '../../../server/domain/model.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { Embedder } from '../../../server/services/embedder.service.js';
import { LoadedNetworks } from '../../../server/services/loaded-networks.js';
import { BLUE, halves, RED } from '../adapters/picture-files.js';
import { inputOf } from '../ml/pictures.js';
import { openStores, type Stores } from './stores.js';
import { untaughtModel } from './trained-network.js';

const LEFT = { left: 0, top: 0, width: 0.5, height: 1 };

function embedderOn({ blobs, pictures }: Stores): Embedder {
  return new Embedder(new LoadedNetworks(createNetworks, blobs), pictures);
}

async function colourModel(): Promise<{ stores: Stores; model: Model; embedder: Embedder }> {
  const stores = await openStores();
  const model = await untaughtModel(stores, { ...inputOf(32, 32, 3), fit: 'COVER' });
  return { stores, model, embedder: embedderOn(stores) };
}

const pngOf = (left = RED, right = BLUE) => halves(64, 64, left, right).png().toBuffer();
const query = (picture: Uint8Array, crop: PictureQuery['crop'] = null) => ({ picture, crop });

describe('a query is embedded', () => {
  it('alike whether it is a file, or an image that we know', async () => {
    const { stores, model, embedder } = await colourModel();
    const bytes = await pngOf();
    const facts = await stores.pictures.identify(bytes);
    const vector = await embedder.embed(model, query(bytes));
    expect(vector).toHaveLength(model.latentSize);
    expect(await embedder.embed(model, { picture: { ...facts, bytes }, crop: null })).toEqual(
      vector,
    );
  });

  it('by its crop alone', async () => {
    const { model, embedder } = await colourModel();
    const red = await embedder.embed(model, query(await pngOf(RED, RED)));
    expect(await embedder.embed(model, query(await pngOf(), LEFT))).toEqual(red);
    expect(await embedder.embed(model, query(await pngOf()))).not.toEqual(red);
  });

  it('to the same vector with many others as alone', async () => {
    const { model, embedder } = await colourModel();
    const files = await Promise.all(
      Array.from({ length: 70 }, (_, at) => pngOf({ r: at * 3, g: 255 - at, b: 40 })),
    );
    const together = await Promise.all(files.map((file) => embedder.embed(model, query(file))));
    for (const at of [0, 33, 69]) {
      const alone = await embedder.embed(model, query(files[at] ?? new Uint8Array()));
      alone.forEach((value, position) => {
        expect(together[at]?.[position]).toBeCloseTo(value, 4);
      });
    }
    expect(together[0]).not.toEqual(together[69]);
  });

  it('under several models at once, more than are kept loaded', async () => {
    const { stores, model, embedder } = await colourModel();
    const others = [28, 40, 48].map((side) => untaughtModel(stores, inputOf(side, side, 3)));
    const models = [model, ...(await Promise.all(others))];
    const file = await pngOf();
    const first = await Promise.all(models.map((each) => embedder.embed(each, query(file))));
    const again = await Promise.all(models.map((each) => embedder.embed(each, query(file))));
    expect(again).toEqual(first);
    expect(first.map(({ length }) => length)).toEqual(models.map((each) => each.latentSize));
  });
});

describe('a query that cannot be embedded fails alone', () => {
  it('a file that is no picture, and a crop that is no part of it', async () => {
    const { model, embedder } = await colourModel();
    const file = await pngOf();
    const [good, noPicture, noPart] = await Promise.allSettled([
      embedder.embed(model, query(file)),
      embedder.embed(model, query(Buffer.from('text'))),
      embedder.embed(model, query(file, { ...LEFT, left: 0.8 })),
    ]);
    expect(good.status).toBe('fulfilled');
    expect(noPicture).toMatchObject({ reason: { code: 'UPLOAD_NOT_AN_IMAGE' } });
    expect(noPart).toMatchObject({ reason: { code: 'CROP_INVALID' } });
  });

  it('and all of a model whose weights are damaged, until they are whole', async () => {
    const { stores, model, embedder } = await colourModel();
    const damaged = { ...model, weightsBlobId: await stores.blobs.put(Buffer.from('damaged')) };
    const file = await pngOf();
    await expect(embedder.embed(damaged, query(file))).rejects.toMatchObject({
      code: 'CHECKPOINT_CORRUPT',
    });
    expect(await embedder.embed(model, query(file))).toHaveLength(model.latentSize);
  });
});

it('a reconstruction comes with the picture as fed, both PNG, and how far they are apart', async () => {
  const { model, embedder } = await colourModel();
  const [left, all] = await embedder.reconstruct(model, [
    query(await pngOf(), LEFT),
    query(await pngOf()),
  ]);
  if (!left || !all) throw new Error('A reconstruction is missing.');
  const pixels = (png: Uint8Array) => sharp(png).raw().toBuffer();
  expect((await pixels(left.input)).subarray(0, 3)).toEqual(Buffer.from([255, 0, 0]));
  const [fed, redrawn] = [await pixels(all.input), await pixels(all.png)];
  expect([fed.length, redrawn.length]).toEqual([32 * 32 * 3, 32 * 32 * 3]);
  const squares = Array.from(fed, (value, at) => ((value - (redrawn[at] ?? 0)) / 255) ** 2);
  const mean = squares.reduce((sum, square) => sum + square) / squares.length;
  expect(all.meanSquaredError).toBeCloseTo(mean, 10);
});
