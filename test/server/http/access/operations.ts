import type { Role } from '../../../../server/domain/access.js';
import type { Ids } from './world.js';

/** An operation as it is tried. */
export interface Operation {
  readonly name: string;
  readonly role: Role;
  /** Whether it is about more than one dataset. */
  readonly acrossDatasets?: boolean;
  /** Whether it takes a file, for the variable `file`. */
  readonly takesFile?: boolean;
  readonly document: (ids: Ids) => string;
}

type More = Partial<Pick<Operation, 'acrossDatasets' | 'takesFile'>>;

function operation(
  name: string,
  role: Role,
  document: (ids: Ids) => string,
  more: More = {},
): Operation {
  return { name, role, document, ...more };
}

const EVERYWHERE = { acrossDatasets: true } as const;

/** What every query, mutation and subscription is to ask for. A new one has to be added here. */
export const OPERATIONS: readonly Operation[] = [
  operation('architectures', 'SEARCH', () => '{ architectures { name } }'),
  operation('architecture', 'SEARCH', () => '{ architecture(name: "none") { name } }'),
  operation('datasets', 'SEARCH', () => '{ datasets { id } }'),
  operation('dataset', 'SEARCH', ({ datasetId }) => `{ dataset(id: ${datasetId}) { id } }`),
  operation(
    'explainNeighbour',
    'SEARCH',
    ({ datasetId, imageId, modelId }) =>
      `{ explainNeighbour(datasetId: ${datasetId}, modelId: ${modelId}, imageId: ${imageId},
        example: { imageId: ${imageId} }) { example { inputUrl } } }`,
  ),
  operation('image', 'SEARCH', ({ imageId }) => `{ image(id: ${imageId}) { id } }`),
  operation(
    'images',
    'SEARCH',
    ({ datasetId }) => `{ images(datasetId: ${datasetId}) { totalCount } }`,
  ),
  operation(
    'labelSuggestions',
    'SEARCH',
    ({ datasetId }) => `{ labelSuggestions(datasetId: ${datasetId}) { __typename } }`,
  ),
  operation(
    'labelReviewProgress',
    'SEARCH',
    ({ datasetId }) => `{ labelReviewProgress(datasetId: ${datasetId}) }`,
  ),
  operation(
    'suspectedLabelErrors',
    'SEARCH',
    ({ datasetId }) => `{ suspectedLabelErrors(datasetId: ${datasetId}) { __typename } }`,
  ),
  operation('model', 'SEARCH', ({ modelId }) => `{ model(id: ${modelId}) { id } }`),
  operation('models', 'SEARCH', ({ datasetId }) => `{ models(datasetId: ${datasetId}) { id } }`),
  operation(
    'search',
    'SEARCH',
    ({ datasetId, imageId, modelId }) =>
      `{ search(datasetId: ${datasetId}, modelId: ${modelId}, k: 1,
        queries: [{ positives: [{ imageId: ${imageId} }] }]) { __typename } }`,
  ),
  operation(
    'similarImages',
    'SEARCH',
    ({ imageId }) => `{ similarImages(imageId: ${imageId}) { __typename } }`,
  ),
  operation(
    'similarImagesToUpload',
    'SEARCH',
    ({ datasetId }) =>
      `query ($file: Upload!) { similarImagesToUpload(datasetId: ${datasetId}, file: $file)
        { __typename } }`,
    { takesFile: true },
  ),
  operation('trainingRun', 'SEARCH', ({ runId }) => `{ trainingRun(id: ${runId}) { id } }`),
  operation(
    'trainingRuns',
    'SEARCH',
    ({ datasetId, runId }) => `{ trainingRuns(datasetId: ${datasetId}, ids: [${runId}]) { id } }`,
  ),
  operation(
    'acceptLabels',
    'CONTRIBUTE',
    ({ imageId }) =>
      `mutation { acceptLabels(labels: [{ imageId: ${imageId}, label: "x" }]) { changedCount } }`,
  ),
  operation(
    'addImages',
    'CONTRIBUTE',
    ({ datasetId }) =>
      `mutation ($file: Upload!) { addImages(datasetId: ${datasetId},
        images: [{ name: "x", file: $file }]) { outcome } }`,
    { takesFile: true },
  ),
  operation(
    'cancelDuplicateScan',
    'CONTRIBUTE',
    ({ datasetId }) => `mutation { cancelDuplicateScan(datasetId: ${datasetId}) { __typename } }`,
  ),
  operation(
    'findDuplicates',
    'CONTRIBUTE',
    ({ datasetId }) =>
      `mutation { findDuplicates(datasetId: ${datasetId}, maxDistance: 9) { __typename } }`,
  ),
  operation(
    'cancelEmbeddingMap',
    'CONTRIBUTE',
    ({ modelId }) =>
      `mutation { cancelEmbeddingMap(modelId: ${modelId}, kind: PCA) { __typename } }`,
  ),
  operation(
    'startEmbeddingMap',
    'CONTRIBUTE',
    ({ modelId }) =>
      `mutation { startEmbeddingMap(modelId: ${modelId}, kind: PCA) { __typename } }`,
  ),
  operation(
    'clearRefusals',
    'CONTRIBUTE',
    ({ datasetId }) => `mutation { clearRefusals(datasetId: ${datasetId}) { id } }`,
  ),
  operation(
    'createDataset',
    'CONTRIBUTE',
    () => 'mutation { createDataset(name: "?") { id } }',
    EVERYWHERE,
  ),
  operation(
    'importFashionMnist',
    'CONTRIBUTE',
    () => 'mutation { importFashionMnist { id } }',
    EVERYWHERE,
  ),
  operation(
    'describeImage',
    'CONTRIBUTE',
    ({ imageId }) =>
      `mutation { describeImage(id: ${imageId}, description: { label: "x" }) { id } }`,
  ),
  operation(
    'deleteImages',
    'CONTRIBUTE',
    ({ imageId }) => `mutation { deleteImages(ids: [${imageId}]) }`,
  ),
  operation('accessKeys', 'ADMIN', () => '{ accessKeys { id } }', EVERYWHERE),
  operation('auditEntries', 'ADMIN', () => '{ auditEntries { id } }', EVERYWHERE),
  operation('auditFilters', 'ADMIN', () => '{ auditFilters { callers actions } }', EVERYWHERE),
  operation(
    'createAccessKey',
    'ADMIN',
    () => 'mutation { createAccessKey(input: { name: "", role: ADMIN }) { secret } }',
    EVERYWHERE,
  ),
  operation(
    'revokeAccessKey',
    'ADMIN',
    () => 'mutation { revokeAccessKey(id: 999) { id } }',
    EVERYWHERE,
  ),
  operation(
    'activateModel',
    'ADMIN',
    ({ modelId }) => `mutation { activateModel(id: ${modelId}) { id } }`,
  ),
  operation(
    'rollBackModel',
    'ADMIN',
    ({ datasetId }) => `mutation { rollBackModel(datasetId: ${datasetId}) { id } }`,
  ),
  operation('deleteModel', 'ADMIN', ({ modelId }) => `mutation { deleteModel(id: ${modelId}) }`),
  operation(
    'deleteDataset',
    'ADMIN',
    ({ datasetId }) => `mutation { deleteDataset(id: ${datasetId}) }`,
  ),
  operation('sweep', 'SEARCH', ({ sweepId }) => `{ sweep(id: ${sweepId}) { id } }`),
  operation('sweeps', 'SEARCH', ({ datasetId }) => `{ sweeps(datasetId: ${datasetId}) { id } }`),
  operation(
    'sweepProgress',
    'SEARCH',
    ({ sweepId }) => `subscription { sweepProgress(id: ${sweepId}) { id } }`,
  ),
  operation(
    'startSweep',
    'ADMIN',
    ({ datasetId }) =>
      `mutation { startSweep(input: { datasetId: ${datasetId}, architecture: "none", dials: [],
        settingCount: 2, budgetMinutes: 1, seed: 1 }) { id } }`,
  ),
  operation(
    'cancelSweep',
    'ADMIN',
    ({ sweepId }) => `mutation { cancelSweep(id: ${sweepId}) { id } }`,
  ),
  operation(
    'augmentationPreview',
    'ADMIN',
    ({ datasetId }) =>
      `{ augmentationPreview(datasetId: ${datasetId}, architecture: "none") { inputUrl } }`,
  ),
  operation(
    'startTraining',
    'ADMIN',
    ({ datasetId }) =>
      `mutation { startTraining(input: { datasetId: ${datasetId}, architecture: "pixel-components",
        hyperparameters: [] }) { id } }`,
  ),
  operation(
    'cancelTraining',
    'ADMIN',
    ({ runId }) => `mutation { cancelTraining(runId: ${runId}) { id } }`,
  ),
  operation(
    'resumeTraining',
    'ADMIN',
    ({ runId }) => `mutation { resumeTraining(runId: ${runId}) { id } }`,
  ),
  operation(
    'deleteTrainingRun',
    'ADMIN',
    ({ runId }) => `mutation { deleteTrainingRun(runId: ${runId}) }`,
  ),
  operation(
    'trainingProgress',
    'SEARCH',
    ({ runId }) => `subscription { trainingProgress(runId: ${runId}) { run { id } } }`,
  ),
];
