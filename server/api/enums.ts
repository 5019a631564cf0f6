import { registerEnumType } from 'type-graphql';
import type { Role } from '../domain/access.js';
import type { HyperparameterKind } from '../domain/architecture.js';
import type { DatasetStatus, Split } from '../domain/dataset.js';
import type { DuplicateKind, ScanStatus } from '../domain/duplicate-groups.js';
import type { MapKind, MapStatus } from '../domain/embedding-map.js';
import type { ImageFormat } from '../domain/image.js';
import type { ActivationCause } from '../domain/model-activation.js';
import type { EmbeddingState, Fit, LayerPart, ModelIndex, Scaling } from '../domain/model.js';
import type { RangeScale, SweepStatus } from '../domain/sweep.js';
import type { RunPhase, RunStatus, StopReason } from '../domain/training-run.js';
import type { TrainingWarningCode } from '../domain/training-warnings.js';
import type { ValidationMeasure } from '../domain/validation.js';
import type { AddedFile } from '../services/image-writer.js';

type AddOutcome = AddedFile['outcome'];
type Members<T extends string> = { readonly [K in T]: K };

export const SplitEnum = describedEnum<Split>(
  'Split',
  'The part of a dataset an image belongs to.',
  {
    TRAIN: 'Learned from.',
    TEST: 'Held out: never learned from, used to measure.',
  },
);

export const RoleEnum = describedEnum<Role>(
  'Role',
  'What a key may do; each may do what those before it may.',
  {
    SEARCH: 'Look at datasets, images, models and runs, and search.',
    CONTRIBUTE: 'Add, describe and delete images, look for duplicates, draw maps, make datasets.',
    ADMIN: 'Train, choose and delete models, delete datasets; make keys, if for all datasets.',
  },
);

export const DatasetStatusEnum = describedEnum<DatasetStatus>(
  'DatasetStatus',
  'Whether the images of a dataset are all there.',
  {
    IMPORTING: 'Images are coming in.',
    READY: 'All images are there.',
    FAILED: 'The import stopped; `importError` says why. Import again to go on.',
    DELETING: 'It is being deleted.',
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
    AVIF: 'AVIF.',
    GIF: 'GIF; of an animated one the first frame counts.',
    TIFF: 'TIFF; of several pages the first counts.',
  },
);

export const EmbeddingStateEnum = describedEnum<EmbeddingState>(
  'EmbeddingState',
  'Whether an image can be found by searching under the active model.',
  {
    EMBEDDED: 'It can be found.',
    PENDING: 'It will be embedded soon.',
    FAILED: 'It cannot be embedded.',
  },
);

export const AddOutcomeEnum = describedEnum<AddOutcome>('AddOutcome', 'What became of a file.', {
  ADDED: 'It is a new image.',
  UPDATED: 'The image was there already, and is described anew.',
  UNCHANGED: 'The image was there already, as it is.',
  REFUSED: 'It was not taken; `refusal` says why.',
});

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
  CANCELLED: 'Stopped by a user, or by its sweep, as `stopReason` says. It can be resumed.',
});

export const StopReasonEnum = describedEnum<StopReason>(
  'StopReason',
  'Why a sweep stopped one of its runs.',
  {
    LAGGING: 'Its best score lay below the median of what the others had at the same epoch.',
    BUDGET: 'The time of the sweep was used up.',
  },
);

export const RangeScaleEnum = describedEnum<RangeScale>(
  'RangeScale',
  'How values are drawn from a range.',
  {
    LINEAR: 'Evenly.',
    LOG: 'So that each doubling gets the same share: for learning rates and the like.',
  },
);

export const SweepStatusEnum = describedEnum<SweepStatus>('SweepStatus', 'Where a sweep stands.', {
  RUNNING: 'Some of its runs wait or go on.',
  FINISHED: 'Every setting was tried.',
  BUDGET_USED: 'Its time was used up before every setting was tried to the end.',
  CANCELLED: 'A user has stopped all or some of its runs.',
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

export const ValidationMeasureEnum = describedEnum<ValidationMeasure>(
  'ValidationMeasure',
  'What the validation score of an epoch is.',
  {
    PRECISION_AT_10: "Mean share of a probe image's 10 nearest that bear its label.",
    OWN_COPIES:
      'Share of altered copies of probe images whose original is found first; without labels.',
  },
);

export const TrainingWarningCodeEnum = describedEnum<TrainingWarningCode>(
  'TrainingWarningCode',
  'What a warning is about.',
  {
    FEW_IMAGES: 'There are too few images to learn from.',
    ONE_LABEL: 'All labelled images bear the same label.',
    NO_LABELS: 'No image bears a label.',
    NO_TEST_IMAGES: 'No image is held out, so the model cannot be measured.',
    MIXED_SHAPES: 'The shapes of the images differ wildly.',
    MIXED_COLOURS: 'Some images are grayscale and some are in colour.',
    SMALL_IMAGES: 'Most images are smaller than what the network is fed.',
  },
);

export const FitEnum = describedEnum<Fit>(
  'Fit',
  "How a picture of another shape is brought to the input's.",
  {
    CONTAIN: 'Whole, with bars of the background.',
    COVER: 'Cut at the middle to fill it.',
  },
);

export const ScalingEnum = describedEnum<Scaling>('Scaling', 'What becomes of pixel values.', {
  UNIT: 'Divided by 255, as they are.',
  CONTRAST: 'Each picture is first stretched to its full contrast.',
});

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

export const ActivationCauseEnum = describedEnum<ActivationCause>(
  'ActivationCause',
  'By what a model became active.',
  {
    RUN: 'Its run succeeded, and it was not worse than the active one.',
    BUNDLE: 'It came with a bundle.',
    HAND: 'Somebody activated it.',
    ROLL_BACK: 'Somebody went back to it.',
  },
);

export const ScanStatusEnum = describedEnum<ScanStatus>(
  'ScanStatus',
  'Where a look for duplicates stands.',
  {
    RUNNING: 'It goes on.',
    DONE: 'It has looked at every image.',
    CANCELLED: 'It was stopped; what it had found is there.',
    FAILED: 'It broke off; `failure` says why.',
  },
);

export const DuplicateKindEnum = describedEnum<DuplicateKind>(
  'DuplicateKind',
  'What duplicates have in common.',
  {
    EXACT: 'The same bytes.',
    NEAR: 'Embeddings within the distance.',
  },
);

export const MapKindEnum = describedEnum<MapKind>(
  'MapKind',
  'How embeddings are laid out in the plane.',
  {
    PCA: 'Along their two principal components: done in seconds.',
    UMAP: 'So that neighbours stay neighbours: takes longer, and shows groups better.',
  },
);

export const MapStatusEnum = describedEnum<MapStatus>(
  'MapStatus',
  'Where the drawing of a map stands.',
  {
    QUEUED: 'It waits for its turn.',
    RUNNING: 'It is being drawn.',
    SUCCEEDED: 'It is drawn.',
    FAILED: 'It could not be drawn; `failure` says why. It can be started again.',
    CANCELLED: 'Stopped by a user. It can be started again.',
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
