import type { InputSpec } from './model.js';
import {
  aspectRatios,
  grayscaleShare,
  longerSides,
  numberAt,
  shareOf,
  type TrainingFacts,
} from './training-facts.js';

/** What can speak against a training, the gravest first. */
export const TRAINING_WARNING_CODES = [
  'FEW_IMAGES',
  'MIXED_SHAPES',
  'MIXED_COLOURS',
  'SMALL_IMAGES',
  'NO_TEST_IMAGES',
  'NO_LABELS',
  'ONE_LABEL',
] as const;
export type TrainingWarningCode = (typeof TRAINING_WARNING_CODES)[number];

export interface TrainingWarning {
  readonly code: TrainingWarningCode;
  /** What it is, what it leads to, and what to do. */
  readonly message: string;
}

const FEW_IMAGES = 200;
/** By how much the 10th and the 90th of a hundred may differ before they are said to be mixed. */
const MIXED_RATIO = 3;
const MIXED_SIZE = 8;
/** The smaller share of grayscale and colour from which on they are said to be mixed. */
const MIXED_COLOURS = 0.05;

/** What speaks against training on these images, fed like this; the gravest first. */
export function trainingWarnings(facts: TrainingFacts, input: InputSpec): TrainingWarning[] {
  const messages: Readonly<Record<TrainingWarningCode, string | null>> = {
    FEW_IMAGES: fewImages(facts),
    MIXED_SHAPES: mixedShapes(facts),
    MIXED_COLOURS: mixedColours(facts, input),
    SMALL_IMAGES: smallImages(facts, input),
    NO_TEST_IMAGES: noTestImages(facts),
    NO_LABELS: facts.labelCount === 0 ? NO_LABELS : null,
    ONE_LABEL: facts.labelCount === 1 ? ONE_LABEL : null,
  };
  return TRAINING_WARNING_CODES.flatMap((code) => {
    const message = messages[code];
    return message === null ? [] : [{ code, message }];
  });
}

const NO_LABELS =
  'No image bears a label. Training needs none, but nothing will tell how many of the ten nearest ' +
  'images are of the same kind. Give labels, if you know them, to have that measured.';

const ONE_LABEL =
  'All labelled images bear the same label, so nothing will tell how well kinds are kept apart. ' +
  'Training works all the same; give more labels, if there are more kinds, to have that measured.';

function fewImages({ trainCount }: TrainingFacts): string | null {
  if (trainCount >= FEW_IMAGES) return null;
  if (trainCount === 0) {
    return 'There are no TRAIN images, so there is nothing to learn from. Add images first.';
  }
  const images = trainCount === 1 ? 'is only 1 TRAIN image' : `are only ${trainCount} TRAIN images`;
  return (
    `There ${images}. So few are learned by heart, rather than what such pictures have in common, ` +
    `and new ones are judged badly. Add images: ${FEW_IMAGES} are a start, thousands are good.`
  );
}

function mixedShapes(facts: TrainingFacts): string | null {
  const whatToDo =
    'Fitted into one size, many will be mostly bars or lose their detail. Crop them alike, put ' +
    'different kinds into datasets of their own, or choose COVER as the fit.';
  if (spread(aspectRatios(facts)) > MIXED_RATIO) {
    return `The shapes of the images differ wildly, from tall to wide. ${whatToDo}`;
  }
  if (spread(longerSides(facts)) > MIXED_SIZE) {
    return `The sizes of the images differ wildly, from small to huge. ${whatToDo}`;
  }
  return null;
}

function mixedColours(facts: TrainingFacts, { channels }: InputSpec): string | null {
  const grayscale = grayscaleShare(facts);
  const isMixed = Math.min(grayscale, 1 - grayscale) >= MIXED_COLOURS;
  if (channels === 1 || facts.sample.length === 0 || !isMixed) return null;
  return (
    `${percent(grayscale)} of the images are grayscale and the others are in colour: grayscale ones ` +
    'will be found like grayscale ones first, whatever they show. Where colour does not matter, ' +
    'choose 1 channel.'
  );
}

function smallImages(facts: TrainingFacts, { width, height }: InputSpec): string | null {
  const small = shareOf(facts.sample, (image) => image.width < width && image.height < height);
  if (small <= 0.5) return null;
  return (
    `${percent(small)} of the images are smaller than the ${width}x${height} pixels the network is ` +
    'fed. They are enlarged, which makes them coarse but adds no detail. Use larger originals, if ' +
    'there are any.'
  );
}

function noTestImages({ testCount }: TrainingFacts): string | null {
  if (testCount > 0) return null;
  return (
    'No image is held out as TEST, so nothing will tell how good the model is with pictures it has ' +
    'not seen. Set the split of about one image in ten to TEST.'
  );
}

/** How many times the 90th of a hundred is as large as the 10th; 1 of none. */
function spread(numbers: readonly number[]): number {
  return (numberAt(0.9, numbers) ?? 1) / (numberAt(0.1, numbers) ?? 1);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
