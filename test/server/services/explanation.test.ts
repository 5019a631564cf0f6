import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { newImage } from '../../contract/metadata/rows.js';
import { modelWith } from './search-world.js';
import { seenShapes } from './search-pictures.js';

describe('why an image is like an example', () => {
  it('is told in cells that add up to the similarity of the two', async () => {
    const { explanations, search, datasetId, first, model } = await seenShapes();
    const options = { k: 1, filter: {}, modelId: null };
    const [nearest] = (await search.similarToImage(first.id, options)).neighbours;
    const example = { imageId: first.id, crop: null };
    const told = await explanations.explain(datasetId, example, nearest?.image.id ?? 0, null);
    expect(told.rows * told.columns).toBe(told.agreement.length);
    expect(told.agreement.length).toBeGreaterThan(4);
    const sum = told.agreement.reduce((total, cell) => total + cell, 0);
    expect(sum).toBeCloseTo(told.similarity, 6);
    expect(told.similarity).toBeCloseTo(nearest?.similarity ?? 0, 4);
    expect(told.model.id).toBe(model.id);
  });

  it('shows both as the model is fed them and redraws them', async () => {
    const { explanations, datasetId, first, firstBytes, model } = await seenShapes();
    const crop = { left: 0, top: 0, width: 0.5, height: 0.5 };
    const told = await explanations.explain(
      datasetId,
      { bytes: firstBytes, crop },
      first.id,
      model.id,
    );
    for (const { input, png, meanSquaredError } of [told.example, told.image]) {
      for (const picture of [input, png]) {
        const { format, width, height } = await sharp(picture).metadata();
        expect({ format, width, height }).toEqual({
          ...{ format: 'png', width: model.input.width, height: model.input.height },
        });
      }
      expect(meanSquaredError).toBeGreaterThan(0);
      expect(meanSquaredError).toBeLessThan(1);
    }
    expect(told.example.input).not.toEqual(told.image.input);
    const same = await explanations.explain(
      datasetId,
      { bytes: firstBytes, crop: null },
      first.id,
      null,
    );
    expect(same.example.input).toEqual(same.image.input);
    expect(same.similarity).toBeCloseTo(1, 4);
  });

  it('is refused for a vector, for an image of elsewhere, and for one that is not embedded', async () => {
    const { explanations, datasetId, first, stores } = await seenShapes(24);
    const example = { imageId: first.id, crop: null };
    const explain = explanations.explain.bind(explanations);
    const refused = (asking: Promise<unknown>, code: string) =>
      expect(asking).rejects.toMatchObject({ code });
    await refused(explain(datasetId, { vector: [1] }, first.id, null), 'INVALID_ARGUMENT');
    await refused(explain(datasetId, example, 4711, null), 'IMAGE_NOT_FOUND');
    await refused(explain(4711, example, first.id, null), 'DATASET_NOT_FOUND');
    await stores.images.insertMany([newImage(datasetId, 'new')]);
    const [added] = await stores.images.byNames(datasetId, ['new']);
    await refused(explain(datasetId, example, added?.id ?? 0, null), 'IMAGE_NOT_EMBEDDED');
  });

  it('is given up between its steps', async () => {
    const { explanations, runtime, datasetId, first } = await seenShapes(24);
    const stop = new AbortController();
    const redraw = runtime.reconstruct.bind(runtime);
    const redrawn = vi.spyOn(runtime, 'reconstruct').mockImplementation((...given) => {
      stop.abort(new Error('left'));
      return redraw(...given);
    });
    const example = { imageId: first.id, crop: null };
    const asked = explanations.explain(datasetId, example, first.id, null, stop.signal);
    await expect(asked).rejects.toThrow('left');
    expect(redrawn).toHaveBeenCalledTimes(1);
  });

  it('is refused where the embeddings are no grid', async () => {
    const { explanations, stores, first } = await seenShapes(24);
    const { id } = await stores.datasets.findOrCreate('pictures', 'Pictures');
    await modelWith(stores, () => Promise.resolve([]), { latentSize: 2 });
    const example = { imageId: first.id, crop: null };
    await expect(explanations.explain(id, example, first.id, null)).rejects.toMatchObject({
      code: 'EXPLANATION_IMPOSSIBLE',
    });
  });
});
