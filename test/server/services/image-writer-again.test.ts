import { describe, expect, it } from 'vitest';
import { file, outcomes, picture, writerWorld, type WriterWorld } from './writer-world.js';

/** A dataset with one picture, `a.png`, that is a labelled cat of the TRAIN split. */
async function oneCat() {
  const world = await writerWorld();
  const bytes = await picture(1);
  const metadata = [{ key: 'colour', value: 'red' }];
  const words = { label: 'cat', split: 'TRAIN', metadata } as const;
  const [added] = await world.writer.add(world.datasetId, [file('a.png', bytes, words)]);
  return { world, bytes, id: added?.image?.id ?? 0 };
}

async function descriptionOf({ stores }: WriterWorld, id: number) {
  const image = await stores.images.byId(id);
  const metadata = (await stores.images.metadata([id])).get(id) ?? [];
  return [image?.label, image?.split, ...metadata.map(({ key, value }) => `${key}: ${value}`)];
}

describe('a file that is there already', () => {
  it('with the same bytes and nothing said stays as it is', async () => {
    const { world, bytes, id } = await oneCat();
    expect(await outcomes(world, [file('a.png', bytes)])).toEqual(['a.png UNCHANGED']);
    expect(await descriptionOf(world, id)).toEqual(['cat', 'TRAIN', 'colour: red']);
    expect(await world.stores.images.count(world.datasetId, {})).toBe(1);
  });

  it('is described anew where something else is said, and keeps what nothing is said of', async () => {
    const { world, bytes, id } = await oneCat();
    const metadata = [{ key: 'size', value: 'big' }];
    expect(await outcomes(world, [file('a.png', bytes, { label: 'dog', metadata })])).toEqual([
      'a.png UPDATED',
    ]);
    expect(await descriptionOf(world, id)).toEqual(['dog', 'TRAIN', 'size: big']);
    expect(await outcomes(world, [file('a.png', bytes, { label: 'dog', metadata })])).toEqual([
      'a.png UNCHANGED',
    ]);
  });

  it('with other bytes is refused, and the first stays', async () => {
    const { world, bytes, id } = await oneCat();
    expect(await outcomes(world, [file('a.png', await picture(2))])).toEqual([
      'a.png REFUSED IMAGE_NAME_TAKEN',
    ]);
    const image = await world.stores.images.byId(id);
    expect(Buffer.from(await world.stores.blobs.get(image?.blobId ?? '')).equals(bytes)).toBe(true);
  });

  it('twice in one request is refused the second time', async () => {
    const world = await writerWorld();
    const bytes = await picture(1);
    expect(await outcomes(world, [file('a.png', bytes), file('a.png', bytes)])).toEqual([
      'a.png ADDED',
      'a.png REFUSED IMAGE_NAME_TAKEN',
    ]);
  });

  it('and is added by several requests at once is there once', async () => {
    const world = await writerWorld();
    const bytes = await picture(1);
    const each = await Promise.all([1, 2, 3].map(() => outcomes(world, [file('a.png', bytes)])));
    expect(each.flat().sort()).toEqual(['a.png ADDED', 'a.png UNCHANGED', 'a.png UNCHANGED']);
  });
});

it('a refusal is kept until the file is taken', async () => {
  const world = await writerWorld();
  const { stores, datasetId } = world;
  await outcomes(world, [file('a.png', Buffer.from('no picture'))]);
  const [refusal] = await stores.datasets.refusals(datasetId, null, 10);
  expect(refusal).toMatchObject({ name: 'a.png', code: 'UPLOAD_NOT_AN_IMAGE' });
  await outcomes(world, [file('a.png', await picture(1))]);
  expect(await stores.datasets.countRefusals(datasetId)).toBe(0);
});

describe('describing an image', () => {
  it('changes what is given, and null takes the label away', async () => {
    const { world, id } = await oneCat();
    await world.writer.describe(id, { split: 'TEST' });
    expect(await descriptionOf(world, id)).toEqual(['cat', 'TEST', 'colour: red']);
    const image = await world.writer.describe(id, { label: null, metadata: [] });
    expect(image).toMatchObject({ id, label: null, split: 'TEST' });
    expect(await descriptionOf(world, id)).toEqual([null, 'TEST']);
  });

  it('is refused when there is no image, or too much is said', async () => {
    const { world, id } = await oneCat();
    await expect(world.writer.describe(id + 1, { label: 'x' })).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
    await expect(world.writer.describe(id, { label: 'x'.repeat(201) })).rejects.toMatchObject({
      code: 'IMAGE_DESCRIPTION_INVALID',
    });
  });

  it('is seen by the next filter', async () => {
    const { world, id } = await oneCat();
    const dogs = () => world.matches.matching(world.datasetId, { label: 'dog' });
    expect((await dogs())?.size).toBe(0);
    await world.writer.describe(id, { label: 'dog' });
    expect((await dogs())?.has(id)).toBe(true);
  });
});

describe('accepting labels', () => {
  it('is seen by the next filter, and what was before can be accepted again', async () => {
    const { world, id } = await oneCat();
    const dogs = () => world.matches.matching(world.datasetId, { label: 'dog' });
    expect((await dogs())?.size).toBe(0);
    const previous = await world.writer.relabel(
      new Map([
        [id, 'dog'],
        [id + 1, 'dog'],
      ]),
    );
    expect(previous).toEqual(new Map([[id, 'cat']]));
    expect((await dogs())?.has(id)).toBe(true);
    expect(await descriptionOf(world, id)).toEqual(['dog', 'TRAIN', 'colour: red']);
    await world.writer.relabel(previous);
    expect(await descriptionOf(world, id)).toEqual(['cat', 'TRAIN', 'colour: red']);
    expect((await dogs())?.size).toBe(0);
  });

  it('changes none where one of the labels is too long', async () => {
    const { world, id } = await oneCat();
    const labels = new Map([
      [id, 'dog'],
      [id + 1, 'x'.repeat(201)],
    ]);
    await expect(world.writer.relabel(labels)).rejects.toMatchObject({
      code: 'IMAGE_DESCRIPTION_INVALID',
    });
    expect(await descriptionOf(world, id)).toEqual(['cat', 'TRAIN', 'colour: red']);
  });
});

describe('deleting images', () => {
  it('answers with those that were there, and counts what is left', async () => {
    const { world, id } = await oneCat();
    await outcomes(world, [file('b.png', await picture(2))]);
    expect(await world.writer.delete([id, id, id + 100])).toEqual([id]);
    expect(await world.stores.datasets.byId(world.datasetId)).toMatchObject({ importedCount: 1 });
    expect(await world.writer.delete([id])).toEqual([]);
  });

  it('deletes the bytes when nobody bears them any more', async () => {
    const { world, bytes, id } = await oneCat();
    const { stores, datasetId, writer } = world;
    const { blobId } = (await stores.images.byId(id)) ?? { blobId: '' };
    const [twin] = await writer.add(datasetId, [file('twin.png', bytes)]);
    await writer.delete([id]);
    expect((await stores.blobs.get(blobId)).length).toBe(bytes.length);
    await writer.delete([twin?.image?.id ?? 0]);
    await expect(stores.blobs.get(blobId)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });

  it('while the same bytes are added leaves them to the new image', async () => {
    const { world, bytes, id } = await oneCat();
    const { stores, datasetId, writer } = world;
    for (let round = 0, last = id; round < 10; round += 1) {
      const [[added]] = await Promise.all([
        writer.add(datasetId, [file(`${round}.png`, bytes)]),
        writer.delete([last]),
      ]);
      const image = await stores.images.byId(added?.image?.id ?? 0);
      expect(Buffer.from(await stores.blobs.get(image?.blobId ?? '')).equals(bytes)).toBe(true);
      last = image?.id ?? 0;
    }
  });

  it('waits until an import has ended', async () => {
    const { world, id } = await oneCat();
    await world.stores.datasets.setImportState(world.datasetId, { status: 'IMPORTING' });
    await expect(world.writer.delete([id])).rejects.toMatchObject({ code: 'DATASET_BUSY' });
    expect(await world.stores.images.byId(id)).not.toBeNull();
  });
});
