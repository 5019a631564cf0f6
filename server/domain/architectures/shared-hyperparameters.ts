import type { HyperparameterSpec } from '../architecture.js';

/** The dials of every architecture that is trained by gradient descent. */
export function trainingHyperparameters(defaults: {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Left out, nothing is held out. */
  readonly validationShare?: number;
  /** Left out, every epoch is trained. */
  readonly patience?: number;
}): readonly HyperparameterSpec[] {
  return [
    {
      name: 'epochs',
      title: 'Epochs',
      description: 'How many times training passes over all training images.',
      kind: 'INTEGER',
      default: defaults.epochs,
      min: 1,
      max: 1000,
    },
    {
      name: 'batchSize',
      title: 'Batch size',
      description: 'Images per gradient step. Larger is faster per image, smaller learns sooner.',
      kind: 'INTEGER',
      default: defaults.batchSize,
      min: 1,
      max: 4096,
    },
    {
      name: 'learningRate',
      title: 'Learning rate',
      description: 'Step size of the Adam optimiser. Too large diverges, too small crawls.',
      kind: 'FLOAT',
      default: defaults.learningRate,
      min: 1e-6,
      max: 1,
    },
    {
      name: 'seed',
      title: 'Seed',
      description:
        'Fixes the initial weights and the order of the images: the same seed gives the same losses.',
      kind: 'INTEGER',
      default: 1,
      min: 0,
      max: 2_147_483_647,
    },
    trainingImages,
    {
      name: 'validationShare',
      title: 'Validation share',
      description:
        'Share of the training images, at most 1,000, that are not learned from: the score of every ' +
        'epoch is of them. With 0 it is of images that are learned from too, which flatters.',
      kind: 'FLOAT',
      default: defaults.validationShare ?? 0,
      min: 0,
      max: 0.5,
    },
    {
      name: 'patience',
      title: 'Patience',
      description:
        'Stop after so many epochs without a better validation score, and keep the weights of the ' +
        'best epoch. 0 trains every epoch and keeps the last.',
      kind: 'INTEGER',
      default: defaults.patience ?? 0,
      min: 0,
      max: 1000,
    },
  ];
}

/** How many images are learned from. */
const trainingImages: HyperparameterSpec = {
  name: 'trainingImages',
  title: 'Training images',
  description: 'Train on only the first so many images; 0 takes them all. For quick trials.',
  kind: 'INTEGER',
  default: 0,
  min: 0,
  max: 100_000_000,
};

/** The dials of every architecture that keeps the principal components of fixed features. */
export const componentHyperparameters: readonly HyperparameterSpec[] = [
  {
    name: 'components',
    title: 'Components',
    description: 'Numbers per embedding: so many directions of greatest variance are kept.',
    kind: 'INTEGER',
    default: 128,
    min: 2,
    max: 256,
  },
  {
    name: 'whitening',
    title: 'Whitening',
    description:
      'How much the directions of great variance are shortened: 0 not at all, 1 until all count alike.',
    kind: 'FLOAT',
    default: 0.5,
    min: 0,
    max: 1,
  },
  trainingImages,
];

/** Candidates per search, set by hand: what models had before there was a recall target. */
const efSearch: HyperparameterSpec = {
  name: 'efSearch',
  title: 'Index ef',
  description: 'Candidates looked at per search. More: better recall, slower search.',
  kind: 'INTEGER',
  default: 64,
  min: 1,
  max: 4000,
};

/** The dials of the HNSW index that every run ends with (Malkov, Yashunin, arXiv:1603.09320). */
export const indexHyperparameters: readonly HyperparameterSpec[] = [
  {
    name: 'm',
    title: 'Index M',
    description: 'Links per vector in the HNSW graph. More: better recall, more memory.',
    kind: 'INTEGER',
    default: 16,
    min: 2,
    max: 100,
  },
  {
    name: 'efConstruction',
    title: 'Index efConstruction',
    description: 'Candidates looked at per insert. More: better graph, slower build.',
    kind: 'INTEGER',
    default: 100,
    min: 8,
    max: 2000,
  },
  {
    name: 'recallTarget',
    title: 'Recall target',
    description:
      'Share of the true 10 nearest that a search is to find. The run measures how many candidates ' +
      'a search must look at for that, and takes no more. Higher: slower search.',
    kind: 'FLOAT',
    default: 0.99,
    min: 0.5,
    max: 1,
    replaces: efSearch,
  },
];
