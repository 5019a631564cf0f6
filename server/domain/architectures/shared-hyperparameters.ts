import type { HyperparameterSpec } from '../architecture.js';

/** Why sweeps leave dials alone. */
const OTHER_IMAGES = 'or the scores do not compare';
const OF_THE_INDEX = 'as it is of the index, and no score tells of it';

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
      unswept: OTHER_IMAGES,
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
  unswept: OTHER_IMAGES,
};

/** The dials of every residual encoder, which learns to point embeddings to targets. */
export function encoderHyperparameters(defaults: {
  readonly epochs: number;
  /** Null where there is nothing to smooth. */
  readonly smoothing: number | null;
  readonly erased: number;
  readonly validationShare: number;
}): readonly HyperparameterSpec[] {
  const share = (name: string, title: string, description: string, usual: number) => ({
    ...{ name, title, description, kind: 'FLOAT' as const, default: usual, min: 0, max: 1 },
  });
  return [
    ...trainingHyperparameters({ ...defaults, batchSize: 128, learningRate: 0.1 }).map((spec) =>
      spec.name === 'learningRate'
        ? {
            ...spec,
            description:
              'Largest step size: it is reached after a fifth of the training, and falls to nothing at ' +
              'its end. Too large diverges, too small crawls.',
          }
        : spec,
    ),
    share(
      'weightDecay',
      'Weight decay',
      'How much all weights shrink in a step, by itself.',
      0.0005,
    ),
    {
      name: 'dimension',
      title: 'Dimension',
      description: 'Numbers per embedding.',
      kind: 'INTEGER',
      default: 128,
      min: 2,
      max: 512,
    },
    {
      name: 'scale',
      title: 'Scale',
      description:
        'What the cosines between embeddings and targets are multiplied with before softmax: the larger, ' +
        'the closer must pictures of one target lie.',
      kind: 'FLOAT',
      default: 16,
      min: 1,
      max: 100,
    },
    ...(defaults.smoothing === null
      ? []
      : [
          share(
            'smoothing',
            'Label smoothing',
            'Share of each target that all others have in it.',
            defaults.smoothing,
          ),
        ]),
    share('shift', 'Shift', 'Share of its sides that a picture is moved by at most.', 0.07),
    share('mirrored', 'Mirrored', 'Share of the pictures that are mirrored left to right.', 0.5),
    share('erased', 'Erased', 'Share of the pictures that a part of is erased.', defaults.erased),
  ];
}

/** How components are weighed against each other. */
export function whiteningHyperparameter(usual: number): HyperparameterSpec {
  return {
    name: 'whitening',
    title: 'Whitening',
    description:
      'How much the directions of great variance are shortened: 0 not at all, 1 until all count alike.',
    kind: 'FLOAT',
    default: usual,
    min: 0,
    max: 1,
  };
}

/** How many neighbourhoods an encoder is to tell apart. */
export const clusterHyperparameter: HyperparameterSpec = {
  name: 'clusters',
  title: 'Clusters',
  description:
    'Kinds of pictures that the encoder learns to tell apart; ten pictures each at least.',
  kind: 'INTEGER',
  default: 500,
  min: 2,
  max: 10_000,
};

/** How finely a companion looks at small parts of pictures. */
export const patchHyperparameter: HyperparameterSpec = {
  name: 'patchKinds',
  title: 'Kinds of patches',
  description:
    'Kinds of patches of 5x5 pixels that are learned from the images, without labels, and counted beside ' +
    'the gradients; 0 leaves them out.',
  kind: 'INTEGER',
  default: 128,
  min: 0,
  max: 256,
  isAbsentBefore: true,
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
  whiteningHyperparameter(0.5),
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
    unswept: OF_THE_INDEX,
  },
  {
    name: 'efConstruction',
    title: 'Index efConstruction',
    description: 'Candidates looked at per insert. More: better graph, slower build.',
    kind: 'INTEGER',
    default: 100,
    min: 8,
    max: 2000,
    unswept: OF_THE_INDEX,
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
    unswept: OF_THE_INDEX,
  },
];
