import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seenShapes } from './search-pictures.js';

const OPTIONS = { k: 5, filter: {}, modelId: null };
const LEFT_HALF = { left: 0, top: 0, width: 0.5, height: 1 };

/** Nothing like a shape on a dark ground. */
function white(): Promise<Uint8Array> {
  return sharp({ create: { width: 32, height: 32, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
}

describe('a picture as an example', () => {
  it('finds the image that it is', async () => {
    const { search, datasetId, first, firstFile } = await seenShapes();
    const answer = await search.similarToUpload(datasetId, firstFile, OPTIONS);
    expect(answer.query).toBeNull();
    expect(answer.neighbours[0]?.image.id).toBe(first.id);
    expect(answer.neighbours[0]?.distance).toBeLessThan(1e-5);
    expect(answer.neighbours[0]?.percentile).toBeCloseTo(1, 6);
  });

  it('may be a part of an image, which the same part of its file equals', async () => {
    const { search, datasetId, first, firstFile } = await seenShapes();
    const ofImage = await search.similarToImage(first.id, OPTIONS, LEFT_HALF);
    const ofFile = await search.similarToUpload(
      datasetId,
      firstFile,
      { ...OPTIONS, k: 6 },
      LEFT_HALF,
    );
    const whole = await search.similarToImage(first.id, OPTIONS);
    const distances = ({ neighbours }: typeof whole) =>
      neighbours.map(({ image, distance }) => [image.id, distance.toFixed(4)]);
    expect(distances(ofImage)).toEqual(
      distances(ofFile)
        .filter(([id]) => id !== first.id)
        .slice(0, 5),
    );
    expect(distances(ofImage)).not.toEqual(distances(whole));
  });

  it('is refused with a crop that is no part of it', async () => {
    const { search, first } = await seenShapes(24);
    for (const crop of [
      { left: 0.8, top: 0, width: 0.5, height: 1 },
      { left: 0, top: 0, width: 0, height: 1 },
      { left: Number.NaN, top: 0, width: 1, height: 1 },
    ]) {
      const asking = search.similarToImage(first.id, OPTIONS, crop);
      await expect(asking).rejects.toMatchObject({ code: 'CROP_INVALID' });
    }
  });

  it('is refused where it is none', async () => {
    const { search, datasetId } = await seenShapes(24);
    const asking = search.similarToUpload(datasetId, Buffer.from('<svg/>'), OPTIONS);
    await expect(asking).rejects.toMatchObject({ code: 'UPLOAD_NOT_AN_IMAGE' });
  });
});

describe('how usual a picture is', () => {
  it('is told of every positive example but vectors', async () => {
    const { familiarities, model, first, firstBytes } = await seenShapes();
    const told = await familiarities.of(model, [
      { imageId: first.id, crop: null },
      { vector: [1] },
      { bytes: firstBytes, crop: null },
      { imageId: first.id, crop: LEFT_HALF },
    ]);
    expect(told).toHaveLength(3);
    const [image, file] = told;
    expect(image?.unusual).toBe(false);
    expect(file?.reconstructionError).toBeCloseTo(image?.reconstructionError ?? 0, 3);
    for (const { percentile } of told) {
      expect(percentile).toBeGreaterThanOrEqual(0);
      expect(percentile).toBeLessThanOrEqual(1);
    }
  });

  it('is said to be unusual where it is unlike what was trained on', async () => {
    const { familiarities, model } = await seenShapes();
    const [told] = await familiarities.of(model, [{ bytes: white, crop: null }]);
    expect(told).toMatchObject({ percentile: 1, unusual: true });
  });

  it('is not known of a model from before it was measured', async () => {
    const { familiarities, model } = await seenShapes(24);
    const old = { ...model, statistics: null };
    const [told] = await familiarities.of(old, [{ bytes: white, crop: null }]);
    expect(told).toMatchObject({ percentile: null, unusual: false });
    expect(told?.reconstructionError).toBeGreaterThan(0);
  });
});
