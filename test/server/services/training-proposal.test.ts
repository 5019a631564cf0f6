import { describe, expect, it } from 'vitest';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import type { NewImage } from '../../../server/domain/image.js';
import { TrainingProposalService } from '../../../server/services/training-proposal.service.js';
import { newImage } from '../../contract/metadata/rows.js';
import { openStores, trainingServiceOn, type Stores } from './stores.js';

function serviceOn({ datasets, images }: Stores): TrainingProposalService {
  return new TrainingProposalService(datasets, images, [convAutoencoder]);
}

/** A dataset of so many images, each changed by its number. */
async function withImages(count: number, changes: (at: number) => Partial<NewImage>) {
  const stores = await openStores();
  const dataset = await stores.datasets.create('pictures', 'Pictures');
  const datasetId = dataset?.id ?? 0;
  const rows = Array.from({ length: count }, (_, at) => newImage(datasetId, `${at}`, changes(at)));
  await stores.images.insertMany(rows);
  return { stores, datasetId, service: serviceOn(stores) };
}

describe('the proposal for a dataset', () => {
  it('is made from its TRAIN images, and counts those', async () => {
    const { datasetId, service } = await withImages(300, (at) =>
      at % 10 === 0
        ? { split: 'TEST', width: 28, height: 28, label: 'a' }
        : { width: 90, height: 60, channels: 3, hasAlpha: true, label: at % 2 === 0 ? 'a' : 'b' },
    );
    const proposal = await service.propose(datasetId, 'conv-autoencoder');
    expect(proposal).toMatchObject({
      input: { width: 88, height: 56, channels: 3, fit: 'CONTAIN', background: '#ffffff' },
      imageCount: 270,
      warnings: [],
    });
    expect(Object.keys(proposal.hyperparameters)).toEqual(
      convAutoencoder.hyperparameters.map(({ name }) => name),
    );
  });

  it('warns of what the rows say: few, without labels, nothing held out, mixed colours', async () => {
    const { datasetId, service } = await withImages(20, (at) => ({
      width: 64,
      height: 64,
      channels: at % 2 === 0 ? 1 : 3,
    }));
    const { warnings } = await service.propose(datasetId, 'conv-autoencoder');
    expect(warnings.map(({ code }) => code)).toEqual([
      'FEW_IMAGES',
      'MIXED_COLOURS',
      'NO_TEST_IMAGES',
      'NO_LABELS',
    ]);
  });

  it('warns of a single label', async () => {
    const { datasetId, service } = await withImages(220, (at) => ({
      label: at % 3 === 0 ? null : 'shoe',
      split: at % 9 === 0 ? 'TEST' : 'TRAIN',
    }));
    const { warnings } = await service.propose(datasetId, 'conv-autoencoder');
    expect(warnings.map(({ code }) => code)).toEqual(['FEW_IMAGES', 'ONE_LABEL']);
  });

  it('looks at images from all over a large dataset, the same ones each time', async () => {
    // The first half is square and gray, the second wide and in colour, as folders come in.
    const { datasetId, service } = await withImages(4000, (at) =>
      at < 2000 ? { width: 40, height: 40, channels: 1 } : { width: 400, height: 100, channels: 3 },
    );
    const proposal = await service.propose(datasetId, 'conv-autoencoder');
    const codes = proposal.warnings.map(({ code }) => code);
    expect(codes).toContain('MIXED_SHAPES');
    const said = proposal.warnings.find(({ code }) => code === 'MIXED_COLOURS')?.message ?? '';
    const [, share = ''] = /^(\d+) %/.exec(said) ?? [];
    expect(Math.abs(Number(share) - 50)).toBeLessThan(5);
    expect(await service.propose(datasetId, 'conv-autoencoder')).toEqual(proposal);
  });

  it('is there before any image is, and says that there is nothing to learn from', async () => {
    const { datasetId, service } = await withImages(0, () => ({}));
    const proposal = await service.propose(datasetId, 'conv-autoencoder');
    expect(proposal).toMatchObject({ imageCount: 0, input: { width: 64, height: 64 } });
    expect(proposal.warnings[0]?.message).toMatch(/nothing to learn from/);
  });

  it('is refused for a dataset or an architecture that does not exist', async () => {
    const { datasetId, service } = await withImages(0, () => ({}));
    await expect(service.propose(datasetId + 1, 'conv-autoencoder')).rejects.toMatchObject({
      code: 'DATASET_NOT_FOUND',
    });
    await expect(service.propose(datasetId, 'perceptron')).rejects.toMatchObject({
      code: 'ARCHITECTURE_NOT_FOUND',
    });
  });
});

describe('a run that is started', () => {
  const start = async (...given: [Record<string, number>, object | null]) => {
    const { stores, datasetId } = await withImages(1000, () => ({
      width: 64,
      height: 48,
      channels: 3,
    }));
    const service = await trainingServiceOn(stores);
    return { stores, run: service.start(datasetId, 'conv-autoencoder', ...given) };
  };

  it('has what is given, and of the proposal what is not', async () => {
    const { run } = await start({ epochs: 3 }, { width: 160, background: '#FFFFFF' });
    expect(await run).toMatchObject({
      hyperparameters: { epochs: 3, batchSize: 33, learningRate: 0.001, recallTarget: 0.99 },
      input: {
        width: 160,
        height: 48,
        channels: 3,
        fit: 'CONTAIN',
        background: '#ffffff',
        scaling: 'UNIT',
      },
    });
  });

  it('has the whole proposal when nothing is given, and keeps it', async () => {
    const { stores, run } = await start({}, null);
    const { id, input } = await run;
    expect(input).toMatchObject({ width: 64, height: 48, channels: 3 });
    expect(await stores.runs.byId(id)).toMatchObject({ input, hyperparameters: { epochs: 100 } });
  });

  it('is refused with an input out of range, and queues nothing', async () => {
    const { stores, run } = await start({}, { width: 200, channels: 2 });
    await expect(run).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/width .* 28 to 160, not 200; channels .* not 2/) as string,
    });
    expect(await stores.runs.list(null)).toEqual([]);
  });
});
