import {
  completeHyperparameters,
  type Architecture,
  type Hyperparameters,
} from './architecture.js';
import { MIN_SIDE } from './input-spec.js';
import type { InputSpec } from './model.js';
import {
  aspectRatios,
  grayscaleShare,
  longerSides,
  numberAt,
  shareOf,
  type TrainingFacts,
} from './training-facts.js';
import { trainingWarnings, type TrainingWarning } from './training-warnings.js';

/** What a training would best be started with, and what speaks against one now. */
export interface TrainingProposal {
  readonly input: InputSpec;
  readonly hyperparameters: Hyperparameters;
  /** TRAIN images it would learn from. */
  readonly imageCount: number;
  readonly warnings: readonly TrainingWarning[];
}

/** Larger pictures show more than the networks can tell apart, and take longer. */
const LARGEST_SIDE = 96;
/** Sides above the smallest go by this: three poolings halve them without rounding. */
const SIDE_STEP = 8;
/** Of images that nobody has added yet. */
const USUAL_SIDE = 64;

/** Bytes of all training images as the network is fed them; the trainer holds them in memory. */
const MOST_INPUT = 60_000 * 64 * 64 * 3;
/** Pixels that a whole training passes over: a quarter of an hour on two cores. */
const MOST_PIXELS = 4e9;

const STEPS_PER_EPOCH = 20;
const STEPS = 3000;
const BATCH_SIZES = { min: 16, max: 400 };
const EPOCHS = { min: 20, max: 100 };

/** "Nearly all" images. */
const NEARLY_ALL = 0.95;
/** How far an aspect ratio may be from the middle one to count as the same. */
const SAME_RATIO = 1.05;

/** Defaults for training this architecture on these images; a step's memory is bounded anyhow. */
export function proposeTraining(
  architecture: Architecture,
  facts: TrainingFacts,
): TrainingProposal {
  const input = inputFor(facts);
  const wanted = dialsFor(facts.trainCount, input);
  const dials = architecture.hyperparameters.flatMap(({ name, min, max }) => {
    const value = wanted.get(name);
    return value === undefined ? [] : [[name, within(value, { min, max })] as const];
  });
  return {
    input,
    hyperparameters: completeHyperparameters(architecture, Object.fromEntries(dials)),
    imageCount: facts.trainCount,
    warnings: trainingWarnings(facts, input),
  };
}

function inputFor(facts: TrainingFacts): InputSpec {
  const channels = grayscaleShare(facts) >= NEARLY_ALL ? 1 : 3;
  const affordable = Math.sqrt(MOST_INPUT / (Math.max(1, facts.trainCount) * channels));
  const isMostlyTransparent = shareOf(facts.sample, ({ hasAlpha }) => hasAlpha) > 0.5;
  return {
    ...sidesFor(facts, affordable),
    channels,
    fit: 'CONTAIN',
    background: isMostlyTransparent ? '#ffffff' : '#000000',
    scaling: 'UNIT',
  };
}

/** Square, unless nearly all images have one other shape. */
function sidesFor(facts: TrainingFacts, affordable: number): Pick<InputSpec, 'width' | 'height'> {
  const most = Math.min(LARGEST_SIDE, SIDE_STEP * Math.floor(affordable / SIDE_STEP));
  const side = sideOf(Math.min(numberAt(0.5, longerSides(facts)) ?? USUAL_SIDE, most));
  const ratios = aspectRatios(facts);
  const ratio = numberAt(0.5, ratios) ?? 1;
  const isSame = (each: number) => Math.max(each / ratio, ratio / each) <= SAME_RATIO;
  if (shareOf(ratios, isSame) < NEARLY_ALL) return { width: side, height: side };
  return ratio > 1
    ? { width: side, height: sideOf(side / ratio) }
    : { width: sideOf(side * ratio), height: side };
}

function sideOf(pixels: number): number {
  return pixels <= MIN_SIDE ? MIN_SIDE : SIDE_STEP * Math.round(pixels / SIDE_STEP);
}

/** As many passes as are affordable, in batches small enough that there are steps to learn in. */
function dialsFor(count: number, input: InputSpec): ReadonlyMap<string, number> {
  const images = Math.max(1, count);
  const affordable = MOST_PIXELS / (images * input.width * input.height);
  const wanted = (STEPS * BATCH_SIZES.max) / images;
  const epochs = Math.floor(within(Math.min(wanted, affordable), EPOCHS));
  const batchSize = Math.floor(Math.min(images / STEPS_PER_EPOCH, (images * epochs) / STEPS));
  return new Map([
    ['epochs', epochs],
    ['batchSize', within(batchSize, BATCH_SIZES)],
  ]);
}

function within(value: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, value));
}
