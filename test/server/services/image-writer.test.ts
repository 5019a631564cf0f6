import { describe, expect, it } from 'vitest';
import { noise } from '../adapters/picture-files.js';
import { file, outcomes, picture, writerWorld } from './writer-world.js';

describe('files that are added', () => {
  it('are images afterwards, with their bytes and what was said of them', async () => {
    const { stores, writer, datasetId } = await writerWorld();
    const bytes = await picture(1);
    const metadata = [{ key: 'photographer', value: 'Ada' }];
    const words = { label: 'cat', split: 'TEST', metadata } as const;
    const [added] = await writer.add(datasetId, [file('a/1.png', bytes, words)]);
    const image = await stores.images.byId(added?.image?.id ?? 0);
    expect(image).toMatchObject({
      ...{ name: 'a/1.png', label: 'cat', split: 'TEST', datasetId, byteLength: bytes.length },
      ...{ format: 'PNG', width: 12, height: 12, channels: 3, thumbnailBlobId: null },
    });
    expect(added).toEqual({ name: 'a/1.png', outcome: 'ADDED', image, refusal: null });
    expect(Buffer.from(await stores.blobs.get(image?.blobId ?? '')).equals(bytes)).toBe(true);
    expect([...(await stores.images.metadata([image?.id ?? 0])).values()]).toEqual([metadata]);
    expect(await stores.datasets.byId(datasetId)).toMatchObject({ importedCount: 1 });
  });

  it('are answered in their order, over several slices', async () => {
    const world = await writerWorld();
    const files = await Promise.all(
      Array.from({ length: 40 }, async (_, at) =>
        file(`${at}.png`, at % 10 === 3 ? Buffer.from('text') : await picture(at)),
      ),
    );
    expect(await outcomes(world, files)).toEqual(
      files.map(({ name }, at) =>
        at % 10 === 3 ? `${name} REFUSED UPLOAD_NOT_AN_IMAGE` : `${name} ADDED`,
      ),
    );
    expect(await world.stores.datasets.byId(world.datasetId)).toMatchObject({ importedCount: 36 });
  });

  it('that are large have a thumbnail of their own', async () => {
    const { stores, writer, datasetId } = await writerWorld();
    const bytes = await noise(1200, 900).jpeg().toBuffer();
    const [added] = await writer.add(datasetId, [file('large.jpg', bytes)]);
    const thumbnail = await stores.blobs.get(added?.image?.thumbnailBlobId ?? '');
    expect(await stores.pictures.identify(thumbnail)).toMatchObject({ format: 'WEBP' });
    expect(thumbnail.length).toBeLessThan(bytes.length);
  });

  it('without a split: one in ten is held out, and equal pictures stay together', async () => {
    const { writer, datasetId } = await writerWorld();
    const pictures = await Promise.all(Array.from({ length: 100 }, (_, at) => picture(at, 4)));
    const add = async (folder: string) =>
      (
        await writer.add(
          datasetId,
          pictures.map((bytes, at) => file(`${folder}/${at}`, bytes)),
        )
      ).map(({ image }) => image?.split);
    const splits = await add('a');
    expect(splits).toEqual(await add('b'));
    const held = splits.filter((split) => split === 'TEST').length;
    expect(held).toBeGreaterThan(2);
    expect(held).toBeLessThan(25);
  });

  it.each([
    ['', 'IMAGE_NAME_INVALID'],
    ['/etc/passwd', 'IMAGE_NAME_INVALID'],
    ['a/../../b.png', 'IMAGE_NAME_INVALID'],
    ['a\\..\\b.png', 'IMAGE_NAME_INVALID'],
    ['a\u0000.png', 'IMAGE_NAME_INVALID'],
    ['a\ud800.png', 'IMAGE_NAME_INVALID'],
    ['x'.repeat(1001), 'IMAGE_NAME_INVALID'],
  ])('are refused alone when the name is %j', async (name, code) => {
    const world = await writerWorld();
    const [bad, good] = await outcomes(world, [
      file(name, await picture(1)),
      file('good.png', await picture(2)),
    ]);
    expect(bad).toMatch(new RegExp(`REFUSED ${code}$`));
    expect(good).toBe('good.png ADDED');
    expect(await world.stores.datasets.countRefusals(world.datasetId)).toBe(1);
  });

  it.each([
    ['label', { label: 'x'.repeat(201) }],
    ['key', { metadata: [{ key: '', value: 'x' }] }],
    ['value', { metadata: [{ key: 'x', value: 'x'.repeat(1001) }] }],
    ['second key', { metadata: ['a', 'a'].map((key) => ({ key, value: 'x' })) }],
    ['Unicode', { label: '\udc00' }],
  ])('are refused when a %s is not as it should be', async (_, words) => {
    const world = await writerWorld();
    expect(await outcomes(world, [file('a.png', await picture(1), words)])).toEqual([
      'a.png REFUSED IMAGE_DESCRIPTION_INVALID',
    ]);
  });

  it('may have names in any writing, which are composed', async () => {
    const world = await writerWorld();
    const names = ['猫/写真 1.png', '👩‍👧.png', 'Ame\u0301lie.png', 'a\\b.png'];
    const files = await Promise.all(names.map(async (name, at) => file(name, await picture(at))));
    expect(await outcomes(world, files)).toEqual(
      ['猫/写真 1.png', '👩‍👧.png', 'Am\u00e9lie.png', 'a/b.png'].map((name) => `${name} ADDED`),
    );
  });

  it('that cannot be read are refused, and those that did not arrive fail the request', async () => {
    const { LookalikeError } = await import('../../../server/domain/errors.js');
    const world = await writerWorld();
    const broken = (code: 'UPLOAD_TOO_LARGE' | 'REQUEST_INVALID') => ({
      ...file('a.png', new Uint8Array()),
      bytes: () => Promise.reject(new LookalikeError(code)),
    });
    expect(await outcomes(world, [broken('UPLOAD_TOO_LARGE')])).toEqual([
      'a.png REFUSED UPLOAD_TOO_LARGE',
    ]);
    await expect(outcomes(world, [broken('REQUEST_INVALID')])).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});

it.each(['IMPORTING', 'DELETING'] as const)(
  'nothing is added to a dataset that is %s',
  async (status) => {
    const world = await writerWorld();
    await world.stores.datasets.setImportState(world.datasetId, { status });
    await expect(outcomes(world, [file('a.png', await picture(1))])).rejects.toMatchObject({
      code: 'DATASET_NOT_READY',
    });
    const importing = world.writer.add(world.datasetId, [file('a.png', await picture(1))], {
      importing: true,
    });
    if (status === 'IMPORTING') expect(await importing).toMatchObject([{ outcome: 'ADDED' }]);
    else await expect(importing).rejects.toMatchObject({ code: 'DATASET_NOT_READY' });
  },
);
