import { bundledEvaluation, evaluationOf } from './bundle-evaluation.js';
import { BundleFields, MAX_COUNT } from './bundle-fields.js';
import { bundleInvalid, MODEL_FILE, type BundleModel } from './bundle.js';
import {
  FITS,
  SCALINGS,
  type InputSpec,
  type Layer,
  type LayerPart,
  type ModelStatistics,
} from './model.js';
import { VALIDATION_MEASURES, type ValidationScore } from './validation.js';

const LAYER_PARTS: readonly LayerPart[] = ['ENCODER', 'DECODER'];
const MAX_LATENT_SIZE = 1_000_000;
const MAX_SECONDS = 1_000_000_000;

/** The text of `model/model.json`. */
export function modelText(model: BundleModel): string {
  const evaluation = bundledEvaluation(model.evaluation);
  return `${JSON.stringify({ ...model, evaluation }, null, 2)}\n`;
}

/**
 * What a `model/model.json` says. Whether the architecture is known here, and its dials within
 * their ranges, is not looked at. @throws LookalikeError BUNDLE_INVALID
 */
export function parseModel(text: string): BundleModel {
  const fields = BundleFields.parse(text, MODEL_FILE);
  const hyperparameters = fields.fields('hyperparameters');
  const statistics = fields.fieldsOrNull('statistics');
  return {
    architecture: fields.text('architecture'),
    hyperparameters: Object.fromEntries(
      hyperparameters.names().map((name) => [name, hyperparameters.number(name)]),
    ),
    input: inputOf(fields.fields('input')),
    latentSize: fields.whole('latentSize', 1, MAX_LATENT_SIZE),
    layers: fields.list('layers').map(layerOf),
    evaluation: evaluationOf(fields.fields('evaluation')),
    statistics: statistics && statisticsOf(statistics),
    epochs: epochsOf(fields.list('epochs')),
  };
}

function epochsOf(list: readonly BundleFields[]): BundleModel['epochs'] {
  let last = 0;
  return list.map((fields) => {
    const epoch = fields.whole('epoch', 1, MAX_COUNT);
    if (epoch <= last) {
      throw bundleInvalid(`${MODEL_FILE}: epoch ${epoch} comes after epoch ${last}`);
    }
    last = epoch;
    return {
      epoch,
      loss: fields.number('loss'),
      seconds: secondsOf(fields),
      finishedAt: fields.date('finishedAt'),
      validation: validationOf(fields.fieldsOrNull('validation')),
    };
  });
}

function validationOf(score: BundleFields | null): ValidationScore | null {
  if (!score) return null;
  const value = score.number('value');
  if (value < 0 || value > 1) {
    throw bundleInvalid(`${MODEL_FILE}: an epoch has a validation score of ${value}`);
  }
  return {
    measure: score.oneOf('measure', VALIDATION_MEASURES),
    value,
    queryCount: score.whole('queryCount', 0, MAX_COUNT),
    baseCount: score.whole('baseCount', 0, MAX_COUNT),
    seenInTraining: score.flag('seenInTraining'),
  };
}

function inputOf(input: BundleFields): InputSpec {
  return {
    width: input.number('width'),
    height: input.number('height'),
    channels: input.number('channels'),
    fit: input.oneOf('fit', FITS),
    background: input.text('background'),
    scaling: input.oneOf('scaling', SCALINGS),
  };
}

function layerOf(layer: BundleFields): Layer {
  return {
    name: layer.text('name'),
    part: layer.oneOf('part', LAYER_PARTS),
    kind: layer.text('kind'),
    outputShape: shapeOf(layer),
    parameterCount: layer.whole('parameterCount', 0, MAX_COUNT),
  };
}

function statisticsOf(statistics: BundleFields): ModelStatistics {
  return {
    distanceQuantiles: ascending(statistics, 'distanceQuantiles'),
    errorQuantiles: ascending(statistics, 'errorQuantiles'),
  };
}

function secondsOf(epoch: BundleFields): number {
  const seconds = epoch.number('seconds');
  if (seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
  throw bundleInvalid(`${MODEL_FILE}: an epoch took ${seconds} seconds`);
}

function shapeOf(layer: BundleFields): number[] {
  const shape = layer.numbers('outputShape');
  const isShape = shape.every((side) => Number.isInteger(side) && side > 0 && side <= MAX_COUNT);
  if (isShape) return shape;
  throw bundleInvalid(`${MODEL_FILE}: a layer has the shape ${shape.join(' x ')}`);
}

/** Quantiles of numbers that are never below zero. */
function ascending(statistics: BundleFields, name: string): number[] {
  const quantiles = statistics.numbers(name);
  const isSorted = quantiles.every((value, at) => value >= (quantiles[at - 1] ?? 0));
  if (isSorted && quantiles.length > 0) return quantiles;
  throw bundleInvalid(`${MODEL_FILE}: "${name}" are no quantiles`);
}
