import { registerEnumType } from 'type-graphql';

type Members<T extends string> = { readonly [K in T]: K };

export const SplitEnum: Members<'TRAIN' | 'TEST'> = { TRAIN: 'TRAIN', TEST: 'TEST' };
registerEnumType(SplitEnum, {
  name: 'Split',
  description: 'The part of a dataset an image belongs to.',
  valuesConfig: {
    TRAIN: { description: 'Learned from.' },
    TEST: { description: 'Held out: never learned from, used to measure.' },
  },
});

export const DatasetStatusEnum: Members<'IMPORTING' | 'READY' | 'FAILED'> = {
  IMPORTING: 'IMPORTING',
  READY: 'READY',
  FAILED: 'FAILED',
};
registerEnumType(DatasetStatusEnum, {
  name: 'DatasetStatus',
  description: 'Whether the images of a dataset are all there.',
  valuesConfig: {
    IMPORTING: { description: 'Images are coming in.' },
    READY: { description: 'All images are there.' },
    FAILED: { description: 'The import stopped; `importError` says why. Import again to go on.' },
  },
});

export const ImageFormatEnum: Members<'RAW' | 'JPEG' | 'PNG' | 'WEBP'> = {
  RAW: 'RAW',
  JPEG: 'JPEG',
  PNG: 'PNG',
  WEBP: 'WEBP',
};
registerEnumType(ImageFormatEnum, {
  name: 'ImageFormat',
  description: 'How the original bytes of an image are encoded.',
  valuesConfig: {
    RAW: { description: '8-bit pixels, row by row, no header (from an IDX file).' },
    JPEG: { description: 'JPEG.' },
    PNG: { description: 'PNG.' },
    WEBP: { description: 'WebP.' },
  },
});

export const HyperparameterKindEnum: Members<'INTEGER' | 'FLOAT'> = {
  INTEGER: 'INTEGER',
  FLOAT: 'FLOAT',
};
registerEnumType(HyperparameterKindEnum, {
  name: 'HyperparameterKind',
  description: 'What numbers a hyper-parameter takes.',
  valuesConfig: {
    INTEGER: { description: 'Whole numbers.' },
    FLOAT: { description: 'Any number.' },
  },
});

export const RunStatusEnum: Members<
  'QUEUED' | 'RUNNING' | 'INTERRUPTED' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
> = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  INTERRUPTED: 'INTERRUPTED',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
};
registerEnumType(RunStatusEnum, {
  name: 'RunStatus',
  description: 'Where a training run stands.',
  valuesConfig: {
    QUEUED: { description: 'Waits for a trainer.' },
    RUNNING: { description: 'A trainer works on it.' },
    INTERRUPTED: { description: 'Its trainer went away; it goes on from its checkpoint soon.' },
    SUCCEEDED: { description: 'Ended; it left a model.' },
    FAILED: { description: 'Ended without a model; `error` says why. It can be resumed.' },
    CANCELLED: { description: 'Stopped by a user. It can be resumed.' },
  },
});

export const RunPhaseEnum: Members<
  'LOADING' | 'TRAINING' | 'EMBEDDING' | 'INDEXING' | 'EVALUATING'
> = {
  LOADING: 'LOADING',
  TRAINING: 'TRAINING',
  EMBEDDING: 'EMBEDDING',
  INDEXING: 'INDEXING',
  EVALUATING: 'EVALUATING',
};
registerEnumType(RunPhaseEnum, {
  name: 'RunPhase',
  description: 'What a running trainer is busy with, in this order.',
  valuesConfig: {
    LOADING: { description: 'Reads and decodes the images.' },
    TRAINING: { description: 'Learns, epoch by epoch.' },
    EMBEDDING: { description: 'Computes the embedding of every image.' },
    INDEXING: { description: 'Builds the indexes.' },
    EVALUATING: { description: 'Measures precision, recall and loss on the TEST split.' },
  },
});

export const LayerPartEnum: Members<'ENCODER' | 'DECODER'> = {
  ENCODER: 'ENCODER',
  DECODER: 'DECODER',
};
registerEnumType(LayerPartEnum, {
  name: 'LayerPart',
  description: 'The half of an autoencoder that a layer belongs to.',
  valuesConfig: {
    ENCODER: { description: 'From the picture to the embedding.' },
    DECODER: { description: 'From the embedding back to a picture.' },
  },
});

export const MetricEnum: Members<'COSINE'> = { COSINE: 'COSINE' };
registerEnumType(MetricEnum, {
  name: 'Metric',
  description: 'How the distance of two embeddings is measured.',
  valuesConfig: {
    COSINE: { description: '1 minus the cosine of the angle between them: 0 to 2.' },
  },
});
