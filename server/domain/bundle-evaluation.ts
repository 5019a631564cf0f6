import { MAX_COUNT, type BundleFields } from './bundle-fields.js';
import { bundleInvalid, MODEL_FILE } from './bundle.js';
import {
  MAX_LABELS,
  WHOLE_CONFUSION_LABELS,
  type Baseline,
  type Estimate,
  type Evaluation,
  type EvaluationDetails,
  type LabelScores,
  type NeighbourScores,
} from './evaluation.js';

const MAX_BASELINES = 20;

/** The evaluation as a bundle has it: without the worst queries, as an image has another id elsewhere. */
export function bundledEvaluation(evaluation: Evaluation): Evaluation {
  const { details } = evaluation;
  return { ...evaluation, details: details && { ...details, worstQueries: [] } };
}

/** @throws LookalikeError BUNDLE_INVALID */
export function evaluationOf(evaluation: BundleFields): Evaluation {
  const details = evaluation.fieldsOrNull('details');
  return {
    queryCount: evaluation.whole('queryCount', 0, MAX_COUNT),
    precisionAt10Exact: evaluation.numberOrNull('precisionAt10Exact'),
    precisionAt10Index: evaluation.numberOrNull('precisionAt10Index'),
    recallQueryCount: evaluation.whole('recallQueryCount', 0, MAX_COUNT),
    recallAt10: evaluation.numberOrNull('recallAt10'),
    testLoss: evaluation.numberOrNull('testLoss'),
    details: details && detailsOf(details),
  };
}

function detailsOf(details: BundleFields): EvaluationDetails {
  const scores = details.fieldsOrNull('scores');
  return {
    scores: scores && scoresOf(scores),
    precisionAt10Index: estimateOrNull(details, 'precisionAt10Index'),
    recallAt10: estimateOrNull(details, 'recallAt10'),
    labelCount: details.whole('labelCount', 0, MAX_COUNT),
    labels: atMost(details, 'labels', MAX_LABELS).map(labelOf),
    worstQueries: [],
    baselines: atMost(details, 'baselines', MAX_BASELINES).map(baselineOf),
    reconstructionError: estimateOrNull(details, 'reconstructionError'),
    ownCopies: estimateOrNull(details, 'ownCopies'),
    ownCopyCount: details.whole('ownCopyCount', 0, MAX_COUNT),
  };
}

function scoresOf(scores: BundleFields): NeighbourScores {
  return {
    precisionAt1: estimateOf(scores.fields('precisionAt1')),
    precisionAt10: estimateOf(scores.fields('precisionAt10')),
    meanAveragePrecisionAt100: estimateOf(scores.fields('meanAveragePrecisionAt100')),
    accuracyAt10: estimateOf(scores.fields('accuracyAt10')),
  };
}

function labelOf(label: BundleFields): LabelScores {
  return {
    label: label.text('label'),
    queryCount: label.whole('queryCount', 0, MAX_COUNT),
    precisionAt10: estimateOf(label.fields('precisionAt10')),
    mistakenFor: atMost(label, 'mistakenFor', WHOLE_CONFUSION_LABELS).map((other) => ({
      label: other.textOrNull('label'),
      share: other.number('share'),
    })),
  };
}

function baselineOf(baseline: BundleFields): Baseline {
  return { name: baseline.text('name'), scores: scoresOf(baseline.fields('scores')) };
}

function estimateOf(estimate: BundleFields): Estimate {
  return {
    value: estimate.number('value'),
    low: estimate.number('low'),
    high: estimate.number('high'),
  };
}

function estimateOrNull(details: BundleFields, name: string): Estimate | null {
  const estimate = details.fieldsOrNull(name);
  return estimate && estimateOf(estimate);
}

function atMost(fields: BundleFields, name: string, most: number): BundleFields[] {
  const list = fields.list(name);
  if (list.length <= most) return list;
  throw bundleInvalid(`${MODEL_FILE}: "${name}" has ${list.length} entries, more than ${most}`);
}
