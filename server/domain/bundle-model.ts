import { BundleFields } from './bundle-fields.js';
import { MODEL_FILE, type BundleModel } from './bundle.js';
import {
  FITS,
  SCALINGS,
  type Evaluation,
  type InputSpec,
  type Layer,
  type LayerPart,
  type ModelStatistics,
} from './model.js';

const LAYER_PARTS: readonly LayerPart[] = ['ENCODER', 'DECODER'];
const MAX_LATENT_SIZE = 1_000_000;
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

/** The text of `model/model.json`. */
export function modelText(model: BundleModel): string {
  return `${JSON.stringify(model, null, 2)}\n`;
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
    epochs: fields.list('epochs').map((epoch) => ({
      epoch: epoch.whole('epoch', 1, MAX_COUNT),
      loss: epoch.number('loss'),
      seconds: epoch.number('seconds'),
      finishedAt: epoch.date('finishedAt'),
    })),
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
    outputShape: layer.numbers('outputShape'),
    parameterCount: layer.whole('parameterCount', 0, MAX_COUNT),
  };
}

function evaluationOf(evaluation: BundleFields): Evaluation {
  return {
    queryCount: evaluation.whole('queryCount', 0, MAX_COUNT),
    precisionAt10Exact: evaluation.numberOrNull('precisionAt10Exact'),
    precisionAt10Index: evaluation.numberOrNull('precisionAt10Index'),
    recallQueryCount: evaluation.whole('recallQueryCount', 0, MAX_COUNT),
    recallAt10: evaluation.numberOrNull('recallAt10'),
    testLoss: evaluation.numberOrNull('testLoss'),
  };
}

function statisticsOf(statistics: BundleFields): ModelStatistics {
  return {
    distanceQuantiles: statistics.numbers('distanceQuantiles'),
    errorQuantiles: statistics.numbers('errorQuantiles'),
  };
}
