/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Images(\n    $datasetId: ID!\n    $filter: ImageFilterInput\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    images(\n      datasetId: $datasetId\n      filter: $filter\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n    ) {\n      totalCount\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n        hasPreviousPage\n      }\n      edges {\n        cursor\n        node {\n          id\n          url\n          label\n          split\n        }\n      }\n    }\n  }\n": typeof types.ImagesDocument,
    "\n  query Image($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      name\n      label\n      split\n      format\n      width\n      height\n      channels\n      byteLength\n      sha256\n      dataset {\n        id\n        title\n        activeModel {\n          id\n        }\n      }\n    }\n  }\n": typeof types.ImageDocument,
    "\n  query Labels($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      labelCounts {\n        label\n      }\n    }\n  }\n": typeof types.LabelsDocument,
    "\n  query ImageReconstruction($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n      }\n    }\n  }\n": typeof types.ImageReconstructionDocument,
    "\n  mutation ImportFashionMnist {\n    importFashionMnist {\n      id\n      status\n    }\n  }\n": typeof types.ImportFashionMnistDocument,
    "\n  query LabelCounts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      labelCounts {\n        label\n        split\n        count\n      }\n    }\n  }\n": typeof types.LabelCountsDocument,
    "\n  query RandomImages($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 25, seed: $seed) {\n        id\n        url\n        label\n      }\n    }\n  }\n": typeof types.RandomImagesDocument,
    "\n  mutation ActivateModel($id: ID!) {\n    activateModel(id: $id) {\n      id\n      active\n    }\n  }\n": typeof types.ActivateModelDocument,
    "\n  mutation DeleteModel($id: ID!) {\n    deleteModel(id: $id)\n  }\n": typeof types.DeleteModelDocument,
    "\n  query Model($id: ID!) {\n    model(id: $id) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      input {\n        width\n        height\n        channels\n      }\n      layers {\n        name\n        kind\n        part\n        outputShape\n        parameterCount\n      }\n      evaluation {\n        precisionAt10Exact\n        precisionAt10Index\n        queryCount\n        recallAt10\n        recallQueryCount\n        testLoss\n      }\n      hyperparameters {\n        name\n        value\n      }\n      indexes {\n        id\n        split\n        size\n        m\n        efConstruction\n        efSearch\n        metric\n        buildSeconds\n        byteLength\n      }\n      dataset {\n        id\n        title\n      }\n      run {\n        id\n        epochCount\n        epochs {\n          epoch\n          loss\n        }\n      }\n    }\n  }\n": typeof types.ModelDocument,
    "\n  query ModelList($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      evaluation {\n        precisionAt10Index\n        precisionAt10Exact\n        recallAt10\n      }\n      run {\n        id\n        epochCount\n        epochs {\n          epoch\n          loss\n        }\n      }\n    }\n  }\n": typeof types.ModelListDocument,
    "\n  query Reconstructions($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n        image {\n          id\n          url\n          label\n        }\n      }\n    }\n  }\n": typeof types.ReconstructionsDocument,
    "\n  query SampledIds($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 12, seed: $seed, filter: { split: TEST }) {\n        id\n      }\n    }\n  }\n": typeof types.SampledIdsDocument,
    "\n  query HyperparameterTitles($name: String!) {\n    architecture(name: $name) {\n      name\n      hyperparameters {\n        name\n        title\n        description\n        default\n      }\n    }\n  }\n": typeof types.HyperparameterTitlesDocument,
    "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      id\n    }\n  }\n": typeof types.StartTrainingDocument,
    "\n  query LaunchArchitectures {\n    architectures {\n      name\n      title\n      description\n      reference\n      hyperparameters {\n        name\n        title\n        description\n        kind\n        default\n        min\n        max\n      }\n    }\n  }\n": typeof types.LaunchArchitecturesDocument,
    "\n  mutation CancelTraining($runId: ID!) {\n    cancelTraining(runId: $runId) {\n      ...RunFields\n    }\n  }\n": typeof types.CancelTrainingDocument,
    "\n  mutation ResumeTraining($runId: ID!) {\n    resumeTraining(runId: $runId) {\n      ...RunFields\n    }\n  }\n": typeof types.ResumeTrainingDocument,
    "\n  mutation DeleteTrainingRun($runId: ID!) {\n    deleteTrainingRun(runId: $runId)\n  }\n": typeof types.DeleteTrainingRunDocument,
    "\n  query RunList($datasetId: ID!) {\n    trainingRuns(datasetId: $datasetId) {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      epochs {\n        epoch\n        loss\n      }\n    }\n  }\n": typeof types.RunListDocument,
    "\n  query TestImages($datasetId: ID!, $size: Int!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: $size, seed: $seed, filter: { split: TEST }) {\n        id\n        url\n        label\n      }\n    }\n  }\n": typeof types.TestImagesDocument,
    "\n  query ModelChoices($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      evaluation {\n        precisionAt10Index\n      }\n    }\n  }\n": typeof types.ModelChoicesDocument,
    "\n  fragment SimilarImagesFields on SimilarImages {\n    model {\n      id\n      active\n      evaluation {\n        recallAt10\n      }\n    }\n    run {\n      id\n    }\n    indexes {\n      id\n      split\n      size\n    }\n    neighbours {\n      rank\n      similarity\n      distance\n      image {\n        id\n        url\n        label\n        split\n      }\n    }\n  }\n": typeof types.SimilarImagesFieldsFragmentDoc,
    "\n  query SimilarImages($imageId: ID!, $k: Int!, $split: Split, $modelId: ID) {\n    similarImages(imageId: $imageId, k: $k, split: $split, modelId: $modelId) {\n      query {\n        id\n        url\n        label\n        split\n        name\n        width\n        height\n        dataset {\n          id\n        }\n      }\n      ...SimilarImagesFields\n    }\n  }\n": typeof types.SimilarImagesDocument,
    "\n  query SimilarImagesToUpload(\n    $datasetId: ID!\n    $file: Upload!\n    $k: Int!\n    $split: Split\n    $modelId: ID\n  ) {\n    similarImagesToUpload(\n      datasetId: $datasetId\n      file: $file\n      k: $k\n      split: $split\n      modelId: $modelId\n    ) {\n      ...SimilarImagesFields\n    }\n  }\n": typeof types.SimilarImagesToUploadDocument,
    "\n  query Overview {\n    datasets {\n      id\n      name\n      title\n      status\n      importedCount\n      expectedCount\n      importError\n      activeModel {\n        id\n      }\n      trainingRuns {\n        id\n        status\n        phase\n        epochsDone\n        epochCount\n      }\n    }\n  }\n": typeof types.OverviewDocument,
    "\n  fragment RunFields on TrainingRun {\n    id\n    architecture\n    status\n    phase\n    phaseProgress\n    epochsDone\n    epochCount\n    secondsLeft\n    cancelRequested\n    cancellable\n    resumable\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      code\n      message\n    }\n    model {\n      id\n    }\n  }\n": typeof types.RunFieldsFragmentDoc,
    "\n  fragment EpochFields on Epoch {\n    epoch\n    loss\n    seconds\n    reconstructions {\n      imageId\n      url\n      image {\n        id\n        url\n        label\n      }\n    }\n  }\n": typeof types.EpochFieldsFragmentDoc,
    "\n  query Run($id: ID!) {\n    trainingRun(id: $id) {\n      ...RunFields\n      hyperparameters {\n        name\n        value\n      }\n      dataset {\n        id\n        title\n      }\n      epochs {\n        ...EpochFields\n      }\n    }\n  }\n": typeof types.RunDocument,
    "\n  subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {\n    trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {\n      run {\n        ...RunFields\n      }\n      epoch {\n        ...EpochFields\n      }\n    }\n  }\n": typeof types.TrainingProgressDocument,
    "\n  query RunLog($id: ID!, $after: Int!) {\n    trainingRun(id: $id) {\n      id\n      log(after: $after) {\n        line\n        at\n        message\n      }\n    }\n  }\n": typeof types.RunLogDocument,
};
const documents: Documents = {
    "\n  query Images(\n    $datasetId: ID!\n    $filter: ImageFilterInput\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    images(\n      datasetId: $datasetId\n      filter: $filter\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n    ) {\n      totalCount\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n        hasPreviousPage\n      }\n      edges {\n        cursor\n        node {\n          id\n          url\n          label\n          split\n        }\n      }\n    }\n  }\n": types.ImagesDocument,
    "\n  query Image($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      name\n      label\n      split\n      format\n      width\n      height\n      channels\n      byteLength\n      sha256\n      dataset {\n        id\n        title\n        activeModel {\n          id\n        }\n      }\n    }\n  }\n": types.ImageDocument,
    "\n  query Labels($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      labelCounts {\n        label\n      }\n    }\n  }\n": types.LabelsDocument,
    "\n  query ImageReconstruction($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n      }\n    }\n  }\n": types.ImageReconstructionDocument,
    "\n  mutation ImportFashionMnist {\n    importFashionMnist {\n      id\n      status\n    }\n  }\n": types.ImportFashionMnistDocument,
    "\n  query LabelCounts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      labelCounts {\n        label\n        split\n        count\n      }\n    }\n  }\n": types.LabelCountsDocument,
    "\n  query RandomImages($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 25, seed: $seed) {\n        id\n        url\n        label\n      }\n    }\n  }\n": types.RandomImagesDocument,
    "\n  mutation ActivateModel($id: ID!) {\n    activateModel(id: $id) {\n      id\n      active\n    }\n  }\n": types.ActivateModelDocument,
    "\n  mutation DeleteModel($id: ID!) {\n    deleteModel(id: $id)\n  }\n": types.DeleteModelDocument,
    "\n  query Model($id: ID!) {\n    model(id: $id) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      input {\n        width\n        height\n        channels\n      }\n      layers {\n        name\n        kind\n        part\n        outputShape\n        parameterCount\n      }\n      evaluation {\n        precisionAt10Exact\n        precisionAt10Index\n        queryCount\n        recallAt10\n        recallQueryCount\n        testLoss\n      }\n      hyperparameters {\n        name\n        value\n      }\n      indexes {\n        id\n        split\n        size\n        m\n        efConstruction\n        efSearch\n        metric\n        buildSeconds\n        byteLength\n      }\n      dataset {\n        id\n        title\n      }\n      run {\n        id\n        epochCount\n        epochs {\n          epoch\n          loss\n        }\n      }\n    }\n  }\n": types.ModelDocument,
    "\n  query ModelList($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      evaluation {\n        precisionAt10Index\n        precisionAt10Exact\n        recallAt10\n      }\n      run {\n        id\n        epochCount\n        epochs {\n          epoch\n          loss\n        }\n      }\n    }\n  }\n": types.ModelListDocument,
    "\n  query Reconstructions($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n        image {\n          id\n          url\n          label\n        }\n      }\n    }\n  }\n": types.ReconstructionsDocument,
    "\n  query SampledIds($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 12, seed: $seed, filter: { split: TEST }) {\n        id\n      }\n    }\n  }\n": types.SampledIdsDocument,
    "\n  query HyperparameterTitles($name: String!) {\n    architecture(name: $name) {\n      name\n      hyperparameters {\n        name\n        title\n        description\n        default\n      }\n    }\n  }\n": types.HyperparameterTitlesDocument,
    "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      id\n    }\n  }\n": types.StartTrainingDocument,
    "\n  query LaunchArchitectures {\n    architectures {\n      name\n      title\n      description\n      reference\n      hyperparameters {\n        name\n        title\n        description\n        kind\n        default\n        min\n        max\n      }\n    }\n  }\n": types.LaunchArchitecturesDocument,
    "\n  mutation CancelTraining($runId: ID!) {\n    cancelTraining(runId: $runId) {\n      ...RunFields\n    }\n  }\n": types.CancelTrainingDocument,
    "\n  mutation ResumeTraining($runId: ID!) {\n    resumeTraining(runId: $runId) {\n      ...RunFields\n    }\n  }\n": types.ResumeTrainingDocument,
    "\n  mutation DeleteTrainingRun($runId: ID!) {\n    deleteTrainingRun(runId: $runId)\n  }\n": types.DeleteTrainingRunDocument,
    "\n  query RunList($datasetId: ID!) {\n    trainingRuns(datasetId: $datasetId) {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      epochs {\n        epoch\n        loss\n      }\n    }\n  }\n": types.RunListDocument,
    "\n  query TestImages($datasetId: ID!, $size: Int!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: $size, seed: $seed, filter: { split: TEST }) {\n        id\n        url\n        label\n      }\n    }\n  }\n": types.TestImagesDocument,
    "\n  query ModelChoices($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      evaluation {\n        precisionAt10Index\n      }\n    }\n  }\n": types.ModelChoicesDocument,
    "\n  fragment SimilarImagesFields on SimilarImages {\n    model {\n      id\n      active\n      evaluation {\n        recallAt10\n      }\n    }\n    run {\n      id\n    }\n    indexes {\n      id\n      split\n      size\n    }\n    neighbours {\n      rank\n      similarity\n      distance\n      image {\n        id\n        url\n        label\n        split\n      }\n    }\n  }\n": types.SimilarImagesFieldsFragmentDoc,
    "\n  query SimilarImages($imageId: ID!, $k: Int!, $split: Split, $modelId: ID) {\n    similarImages(imageId: $imageId, k: $k, split: $split, modelId: $modelId) {\n      query {\n        id\n        url\n        label\n        split\n        name\n        width\n        height\n        dataset {\n          id\n        }\n      }\n      ...SimilarImagesFields\n    }\n  }\n": types.SimilarImagesDocument,
    "\n  query SimilarImagesToUpload(\n    $datasetId: ID!\n    $file: Upload!\n    $k: Int!\n    $split: Split\n    $modelId: ID\n  ) {\n    similarImagesToUpload(\n      datasetId: $datasetId\n      file: $file\n      k: $k\n      split: $split\n      modelId: $modelId\n    ) {\n      ...SimilarImagesFields\n    }\n  }\n": types.SimilarImagesToUploadDocument,
    "\n  query Overview {\n    datasets {\n      id\n      name\n      title\n      status\n      importedCount\n      expectedCount\n      importError\n      activeModel {\n        id\n      }\n      trainingRuns {\n        id\n        status\n        phase\n        epochsDone\n        epochCount\n      }\n    }\n  }\n": types.OverviewDocument,
    "\n  fragment RunFields on TrainingRun {\n    id\n    architecture\n    status\n    phase\n    phaseProgress\n    epochsDone\n    epochCount\n    secondsLeft\n    cancelRequested\n    cancellable\n    resumable\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      code\n      message\n    }\n    model {\n      id\n    }\n  }\n": types.RunFieldsFragmentDoc,
    "\n  fragment EpochFields on Epoch {\n    epoch\n    loss\n    seconds\n    reconstructions {\n      imageId\n      url\n      image {\n        id\n        url\n        label\n      }\n    }\n  }\n": types.EpochFieldsFragmentDoc,
    "\n  query Run($id: ID!) {\n    trainingRun(id: $id) {\n      ...RunFields\n      hyperparameters {\n        name\n        value\n      }\n      dataset {\n        id\n        title\n      }\n      epochs {\n        ...EpochFields\n      }\n    }\n  }\n": types.RunDocument,
    "\n  subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {\n    trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {\n      run {\n        ...RunFields\n      }\n      epoch {\n        ...EpochFields\n      }\n    }\n  }\n": types.TrainingProgressDocument,
    "\n  query RunLog($id: ID!, $after: Int!) {\n    trainingRun(id: $id) {\n      id\n      log(after: $after) {\n        line\n        at\n        message\n      }\n    }\n  }\n": types.RunLogDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Images(\n    $datasetId: ID!\n    $filter: ImageFilterInput\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    images(\n      datasetId: $datasetId\n      filter: $filter\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n    ) {\n      totalCount\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n        hasPreviousPage\n      }\n      edges {\n        cursor\n        node {\n          id\n          url\n          label\n          split\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Images(\n    $datasetId: ID!\n    $filter: ImageFilterInput\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    images(\n      datasetId: $datasetId\n      filter: $filter\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n    ) {\n      totalCount\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n        hasPreviousPage\n      }\n      edges {\n        cursor\n        node {\n          id\n          url\n          label\n          split\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Image($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      name\n      label\n      split\n      format\n      width\n      height\n      channels\n      byteLength\n      sha256\n      dataset {\n        id\n        title\n        activeModel {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Image($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      name\n      label\n      split\n      format\n      width\n      height\n      channels\n      byteLength\n      sha256\n      dataset {\n        id\n        title\n        activeModel {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Labels($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      labelCounts {\n        label\n      }\n    }\n  }\n"): (typeof documents)["\n  query Labels($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      labelCounts {\n        label\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImageReconstruction($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n      }\n    }\n  }\n"): (typeof documents)["\n  query ImageReconstruction($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportFashionMnist {\n    importFashionMnist {\n      id\n      status\n    }\n  }\n"): (typeof documents)["\n  mutation ImportFashionMnist {\n    importFashionMnist {\n      id\n      status\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LabelCounts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      labelCounts {\n        label\n        split\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  query LabelCounts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      labelCounts {\n        label\n        split\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RandomImages($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 25, seed: $seed) {\n        id\n        url\n        label\n      }\n    }\n  }\n"): (typeof documents)["\n  query RandomImages($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 25, seed: $seed) {\n        id\n        url\n        label\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ActivateModel($id: ID!) {\n    activateModel(id: $id) {\n      id\n      active\n    }\n  }\n"): (typeof documents)["\n  mutation ActivateModel($id: ID!) {\n    activateModel(id: $id) {\n      id\n      active\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteModel($id: ID!) {\n    deleteModel(id: $id)\n  }\n"): (typeof documents)["\n  mutation DeleteModel($id: ID!) {\n    deleteModel(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Model($id: ID!) {\n    model(id: $id) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      input {\n        width\n        height\n        channels\n      }\n      layers {\n        name\n        kind\n        part\n        outputShape\n        parameterCount\n      }\n      evaluation {\n        precisionAt10Exact\n        precisionAt10Index\n        queryCount\n        recallAt10\n        recallQueryCount\n        testLoss\n      }\n      hyperparameters {\n        name\n        value\n      }\n      indexes {\n        id\n        split\n        size\n        m\n        efConstruction\n        efSearch\n        metric\n        buildSeconds\n        byteLength\n      }\n      dataset {\n        id\n        title\n      }\n      run {\n        id\n        epochCount\n        epochs {\n          epoch\n          loss\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Model($id: ID!) {\n    model(id: $id) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      input {\n        width\n        height\n        channels\n      }\n      layers {\n        name\n        kind\n        part\n        outputShape\n        parameterCount\n      }\n      evaluation {\n        precisionAt10Exact\n        precisionAt10Index\n        queryCount\n        recallAt10\n        recallQueryCount\n        testLoss\n      }\n      hyperparameters {\n        name\n        value\n      }\n      indexes {\n        id\n        split\n        size\n        m\n        efConstruction\n        efSearch\n        metric\n        buildSeconds\n        byteLength\n      }\n      dataset {\n        id\n        title\n      }\n      run {\n        id\n        epochCount\n        epochs {\n          epoch\n          loss\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ModelList($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      evaluation {\n        precisionAt10Index\n        precisionAt10Exact\n        recallAt10\n      }\n      run {\n        id\n        epochCount\n        epochs {\n          epoch\n          loss\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ModelList($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      evaluation {\n        precisionAt10Index\n        precisionAt10Exact\n        recallAt10\n      }\n      run {\n        id\n        epochCount\n        epochs {\n          epoch\n          loss\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Reconstructions($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n        image {\n          id\n          url\n          label\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Reconstructions($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n        image {\n          id\n          url\n          label\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SampledIds($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 12, seed: $seed, filter: { split: TEST }) {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  query SampledIds($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 12, seed: $seed, filter: { split: TEST }) {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HyperparameterTitles($name: String!) {\n    architecture(name: $name) {\n      name\n      hyperparameters {\n        name\n        title\n        description\n        default\n      }\n    }\n  }\n"): (typeof documents)["\n  query HyperparameterTitles($name: String!) {\n    architecture(name: $name) {\n      name\n      hyperparameters {\n        name\n        title\n        description\n        default\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LaunchArchitectures {\n    architectures {\n      name\n      title\n      description\n      reference\n      hyperparameters {\n        name\n        title\n        description\n        kind\n        default\n        min\n        max\n      }\n    }\n  }\n"): (typeof documents)["\n  query LaunchArchitectures {\n    architectures {\n      name\n      title\n      description\n      reference\n      hyperparameters {\n        name\n        title\n        description\n        kind\n        default\n        min\n        max\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelTraining($runId: ID!) {\n    cancelTraining(runId: $runId) {\n      ...RunFields\n    }\n  }\n"): (typeof documents)["\n  mutation CancelTraining($runId: ID!) {\n    cancelTraining(runId: $runId) {\n      ...RunFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeTraining($runId: ID!) {\n    resumeTraining(runId: $runId) {\n      ...RunFields\n    }\n  }\n"): (typeof documents)["\n  mutation ResumeTraining($runId: ID!) {\n    resumeTraining(runId: $runId) {\n      ...RunFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteTrainingRun($runId: ID!) {\n    deleteTrainingRun(runId: $runId)\n  }\n"): (typeof documents)["\n  mutation DeleteTrainingRun($runId: ID!) {\n    deleteTrainingRun(runId: $runId)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunList($datasetId: ID!) {\n    trainingRuns(datasetId: $datasetId) {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      epochs {\n        epoch\n        loss\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunList($datasetId: ID!) {\n    trainingRuns(datasetId: $datasetId) {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      epochs {\n        epoch\n        loss\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TestImages($datasetId: ID!, $size: Int!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: $size, seed: $seed, filter: { split: TEST }) {\n        id\n        url\n        label\n      }\n    }\n  }\n"): (typeof documents)["\n  query TestImages($datasetId: ID!, $size: Int!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: $size, seed: $seed, filter: { split: TEST }) {\n        id\n        url\n        label\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ModelChoices($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      evaluation {\n        precisionAt10Index\n      }\n    }\n  }\n"): (typeof documents)["\n  query ModelChoices($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      evaluation {\n        precisionAt10Index\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SimilarImagesFields on SimilarImages {\n    model {\n      id\n      active\n      evaluation {\n        recallAt10\n      }\n    }\n    run {\n      id\n    }\n    indexes {\n      id\n      split\n      size\n    }\n    neighbours {\n      rank\n      similarity\n      distance\n      image {\n        id\n        url\n        label\n        split\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment SimilarImagesFields on SimilarImages {\n    model {\n      id\n      active\n      evaluation {\n        recallAt10\n      }\n    }\n    run {\n      id\n    }\n    indexes {\n      id\n      split\n      size\n    }\n    neighbours {\n      rank\n      similarity\n      distance\n      image {\n        id\n        url\n        label\n        split\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SimilarImages($imageId: ID!, $k: Int!, $split: Split, $modelId: ID) {\n    similarImages(imageId: $imageId, k: $k, split: $split, modelId: $modelId) {\n      query {\n        id\n        url\n        label\n        split\n        name\n        width\n        height\n        dataset {\n          id\n        }\n      }\n      ...SimilarImagesFields\n    }\n  }\n"): (typeof documents)["\n  query SimilarImages($imageId: ID!, $k: Int!, $split: Split, $modelId: ID) {\n    similarImages(imageId: $imageId, k: $k, split: $split, modelId: $modelId) {\n      query {\n        id\n        url\n        label\n        split\n        name\n        width\n        height\n        dataset {\n          id\n        }\n      }\n      ...SimilarImagesFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SimilarImagesToUpload(\n    $datasetId: ID!\n    $file: Upload!\n    $k: Int!\n    $split: Split\n    $modelId: ID\n  ) {\n    similarImagesToUpload(\n      datasetId: $datasetId\n      file: $file\n      k: $k\n      split: $split\n      modelId: $modelId\n    ) {\n      ...SimilarImagesFields\n    }\n  }\n"): (typeof documents)["\n  query SimilarImagesToUpload(\n    $datasetId: ID!\n    $file: Upload!\n    $k: Int!\n    $split: Split\n    $modelId: ID\n  ) {\n    similarImagesToUpload(\n      datasetId: $datasetId\n      file: $file\n      k: $k\n      split: $split\n      modelId: $modelId\n    ) {\n      ...SimilarImagesFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Overview {\n    datasets {\n      id\n      name\n      title\n      status\n      importedCount\n      expectedCount\n      importError\n      activeModel {\n        id\n      }\n      trainingRuns {\n        id\n        status\n        phase\n        epochsDone\n        epochCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query Overview {\n    datasets {\n      id\n      name\n      title\n      status\n      importedCount\n      expectedCount\n      importError\n      activeModel {\n        id\n      }\n      trainingRuns {\n        id\n        status\n        phase\n        epochsDone\n        epochCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunFields on TrainingRun {\n    id\n    architecture\n    status\n    phase\n    phaseProgress\n    epochsDone\n    epochCount\n    secondsLeft\n    cancelRequested\n    cancellable\n    resumable\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      code\n      message\n    }\n    model {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment RunFields on TrainingRun {\n    id\n    architecture\n    status\n    phase\n    phaseProgress\n    epochsDone\n    epochCount\n    secondsLeft\n    cancelRequested\n    cancellable\n    resumable\n    createdAt\n    startedAt\n    finishedAt\n    failure {\n      code\n      message\n    }\n    model {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EpochFields on Epoch {\n    epoch\n    loss\n    seconds\n    reconstructions {\n      imageId\n      url\n      image {\n        id\n        url\n        label\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment EpochFields on Epoch {\n    epoch\n    loss\n    seconds\n    reconstructions {\n      imageId\n      url\n      image {\n        id\n        url\n        label\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Run($id: ID!) {\n    trainingRun(id: $id) {\n      ...RunFields\n      hyperparameters {\n        name\n        value\n      }\n      dataset {\n        id\n        title\n      }\n      epochs {\n        ...EpochFields\n      }\n    }\n  }\n"): (typeof documents)["\n  query Run($id: ID!) {\n    trainingRun(id: $id) {\n      ...RunFields\n      hyperparameters {\n        name\n        value\n      }\n      dataset {\n        id\n        title\n      }\n      epochs {\n        ...EpochFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {\n    trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {\n      run {\n        ...RunFields\n      }\n      epoch {\n        ...EpochFields\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {\n    trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {\n      run {\n        ...RunFields\n      }\n      epoch {\n        ...EpochFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunLog($id: ID!, $after: Int!) {\n    trainingRun(id: $id) {\n      id\n      log(after: $after) {\n        line\n        at\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunLog($id: ID!, $after: Int!) {\n    trainingRun(id: $id) {\n      id\n      log(after: $after) {\n        line\n        at\n        message\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;