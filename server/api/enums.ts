import { registerEnumType } from 'type-graphql';
import type { HyperparameterKind } from '../domain/architecture.js';
import type { DatasetStatus, Split } from '../domain/dataset.js';
import type { ImageFormat } from '../domain/image.js';
import type { LayerPart, ModelIndex } from '../domain/model.js';
import type { RunPhase, RunStatus } from '../domain/training-run.js';

type Members<T extends string> = { readonly [K in T]: K };

export const SplitEnum = describedEnum<Split>(
  'Split',
  'The part of a dataset an image belongs to.',
  {
    TRAIN: 'Learned from.',
    TEST: 'Held out: never learned from, used to measure.',
  },
);

export const DatasetStatusEnum = describedEnum<DatasetStatus>(
  'DatasetStatus',
  'Whether the images of a dataset are all there.',
  {
    IMPORTING: 'Images are coming in.',
    READY: 'All images are there.',
    FAILED: 'The import stopped; `importError` says why. Import again to go on.',
  },
);

export const ImageFormatEnum = describedEnum<ImageFormat>(
  'ImageFormat',
  'How the original bytes of an image are encoded.',
  {
    RAW: '8-bit pixels, row by row, no header (from an IDX file).',
    JPEG: 'JPEG.',
    PNG: 'PNG.',
    WEBP: 'WebP.',
  },
);

export const HyperparameterKindEnum = describedEnum<HyperparameterKind>(
  'HyperparameterKind',
  'What numbers a hyper-parameter takes.',
  {
    INTEGER: 'Whole numbers.',
    FLOAT: 'Any number.',
  },
);

export const RunStatusEnum = describedEnum<RunStatus>('RunStatus', 'Where a training run stands.', {
  QUEUED: 'Waits for a trainer.',
  RUNNING: 'A trainer works on it.',
  INTERRUPTED: 'Its trainer went away; it goes on from its checkpoint soon.',
  SUCCEEDED: 'Ended; it left a model.',
  FAILED: 'Ended without a model; `error` says why. It can be resumed.',
  CANCELLED: 'Stopped by a user. It can be resumed.',
});

export const RunPhaseEnum = describedEnum<RunPhase>(
  'RunPhase',
  'What a running trainer is busy with, in this order.',
  {
    LOADING: 'Reads and decodes the images.',
    TRAINING: 'Learns, epoch by epoch.',
    EMBEDDING: 'Computes the embedding of every image.',
    INDEXING: 'Builds the indexes.',
    EVALUATING: 'Measures precision, recall and loss on the TEST split.',
  },
);

export const LayerPartEnum = describedEnum<LayerPart>(
  'LayerPart',
  'The half of an autoencoder that a layer belongs to.',
  {
    ENCODER: 'From the picture to the embedding.',
    DECODER: 'From the embedding back to a picture.',
  },
);

export const MetricEnum = describedEnum<ModelIndex['metric']>(
  'Metric',
  'How the distance of two embeddings is measured.',
  {
    COSINE: '1 minus the cosine of the angle between them: 0 to 2.',
  },
);

/** Registers an enum of the schema; its values are those of the domain's type, or it does not compile. */
function describedEnum<T extends string>(
  name: string,
  description: string,
  values: Readonly<Record<T, string>>,
): Members<T> {
  const texts = Object.entries<string>(values);
  const members = Object.fromEntries(texts.map(([value]) => [value, value])) as Members<T>;
  registerEnumType(members, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      texts.map(([value, text]) => [value, { description: text }]),
    ) as Record<T, { description: string }>,
  });
  return members;
}
