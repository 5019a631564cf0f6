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
    "\n  query DatasetSettings($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      createdAt\n      labelTotal\n      refusalCount\n      metadataKeys\n      models {\n        id\n      }\n      sample(size: 100) {\n        id\n        byteLength\n      }\n    }\n  }\n": typeof types.DatasetSettingsDocument,
    "\n  query EmbeddingCounts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      embeddingCounts {\n        embedded\n        pending\n        failed\n      }\n    }\n  }\n": typeof types.EmbeddingCountsDocument,
    "\n  query Images(\n    $datasetId: ID!\n    $filter: ImageFilterInput\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    images(\n      datasetId: $datasetId\n      filter: $filter\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n    ) {\n      totalCount\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n        hasPreviousPage\n      }\n      edges {\n        cursor\n        node {\n          id\n          thumbnailUrl(inline: true)\n          label\n          split\n          embedding\n          embeddingFailure\n        }\n      }\n    }\n  }\n": typeof types.ImagesDocument,
    "\n  mutation DescribeImage($id: ID!, $description: ImageDescriptionInput!) {\n    describeImage(id: $id, description: $description) {\n      id\n      label\n      split\n      metadata {\n        key\n        value\n      }\n    }\n  }\n": typeof types.DescribeImageDocument,
    "\n  query Image($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      originalUrl\n      name\n      label\n      split\n      metadata {\n        key\n        value\n      }\n      format\n      width\n      height\n      channels\n      hasAlpha\n      byteLength\n      sha256\n      addedAt\n      embedding\n      embeddingFailure\n      dataset {\n        id\n        title\n        activeModel {\n          id\n        }\n      }\n    }\n  }\n": typeof types.ImageDocument,
    "\n  query FilterChoices($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      metadataKeys\n    }\n  }\n": typeof types.FilterChoicesDocument,
    "\n  query ImageReconstruction($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n      }\n    }\n  }\n": typeof types.ImageReconstructionDocument,
    "\n  mutation ImportFashionMnist {\n    importFashionMnist {\n      id\n      status\n    }\n  }\n": typeof types.ImportFashionMnistDocument,
    "\n  query LabelCounts($datasetId: ID!, $first: Int!, $containing: String) {\n    dataset(id: $datasetId) {\n      id\n      labelTotal\n      labelCounts(first: $first, containing: $containing) {\n        label\n        split\n        count\n      }\n    }\n  }\n": typeof types.LabelCountsDocument,
    "\n  query RandomImages($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 25, seed: $seed) {\n        id\n        thumbnailUrl(inline: true)\n        label\n      }\n    }\n  }\n": typeof types.RandomImagesDocument,
    "\n  mutation DeleteDataset($id: ID!) {\n    deleteDataset(id: $id)\n  }\n": typeof types.DeleteDatasetDocument,
    "\n  mutation CreateDataset($name: String!, $title: String) {\n    createDataset(name: $name, title: $title) {\n      id\n    }\n  }\n": typeof types.CreateDatasetDocument,
    "\n  query PictureStrip($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 8) {\n        id\n        thumbnailUrl\n      }\n    }\n  }\n": typeof types.PictureStripDocument,
    "\n  fragment ScanFields on DuplicateScan {\n    status\n    done\n    total\n    failure\n    maxDistance\n    startedAt\n    finishedAt\n    model {\n      id\n    }\n  }\n": typeof types.ScanFieldsFragmentDoc,
    "\n    query DuplicateScan($datasetId: ID!) {\n      dataset(id: $datasetId) {\n        id\n        activeModel {\n          id\n        }\n        duplicateScan {\n          ...ScanFields\n        }\n      }\n    }\n  ": typeof types.DuplicateScanDocument,
    "\n  query DuplicateGroups($datasetId: ID!, $kind: DuplicateKind!, $first: Int!, $offset: Int!) {\n    dataset(id: $datasetId) {\n      id\n      duplicateScan {\n        exact: groupCount(kind: EXACT)\n        near: groupCount(kind: NEAR)\n        groups(kind: $kind, first: $first, offset: $offset) {\n          kind\n          distance\n          images {\n            id\n            thumbnailUrl\n            name\n            label\n            width\n            height\n            format\n            byteLength\n            addedAt\n          }\n        }\n      }\n    }\n  }\n": typeof types.DuplicateGroupsDocument,
    "\n    mutation FindDuplicates($datasetId: ID!, $maxDistance: Float) {\n      findDuplicates(datasetId: $datasetId, maxDistance: $maxDistance) {\n        ...ScanFields\n      }\n    }\n  ": typeof types.FindDuplicatesDocument,
    "\n    mutation CancelDuplicateScan($datasetId: ID!) {\n      cancelDuplicateScan(datasetId: $datasetId) {\n        ...ScanFields\n      }\n    }\n  ": typeof types.CancelDuplicateScanDocument,
    "\n  query Labels($datasetId: ID!, $containing: String) {\n    dataset(id: $datasetId) {\n      id\n      labelTotal\n      labelCounts(first: 100, containing: $containing) {\n        label\n      }\n    }\n  }\n": typeof types.LabelsDocument,
    "\n  query Explain($datasetId: ID!, $example: ExampleInput!, $imageId: ID!, $modelId: ID) {\n    explainNeighbour(\n      datasetId: $datasetId\n      example: $example\n      imageId: $imageId\n      modelId: $modelId\n    ) {\n      model {\n        id\n        input {\n          width\n          height\n        }\n      }\n      similarity\n      rows\n      columns\n      agreement\n      example {\n        inputUrl\n        reconstructionUrl\n        reconstructionError\n      }\n      image {\n        inputUrl\n        reconstructionUrl\n        reconstructionError\n      }\n    }\n  }\n": typeof types.ExplainDocument,
    "\n  query Refusals($datasetId: ID!, $first: Int!, $after: String) {\n    dataset(id: $datasetId) {\n      id\n      refusalCount\n      refusals(first: $first, after: $after) {\n        name\n        code\n        message\n      }\n    }\n  }\n": typeof types.RefusalsDocument,
    "\n  mutation ClearRefusals($datasetId: ID!) {\n    clearRefusals(datasetId: $datasetId) {\n      id\n      refusalCount\n    }\n  }\n": typeof types.ClearRefusalsDocument,
    "\n  mutation ActivateModel($id: ID!) {\n    activateModel(id: $id) {\n      id\n      active\n    }\n  }\n": typeof types.ActivateModelDocument,
    "\n  mutation DeleteModel($id: ID!) {\n    deleteModel(id: $id)\n  }\n": typeof types.DeleteModelDocument,
    "\n    query Model($id: ID!) {\n      model(id: $id) {\n        id\n        active\n        architecture\n        createdAt\n        latentSize\n        parameterCount\n        input {\n          ...InputFields\n        }\n        layers {\n          name\n          kind\n          part\n          outputShape\n          parameterCount\n        }\n        evaluation {\n          precisionAt10Exact\n          precisionAt10Index\n          queryCount\n          recallAt10\n          recallQueryCount\n          testLoss\n        }\n        hyperparameters {\n          name\n          value\n        }\n        indexes {\n          id\n          split\n          size\n          m\n          efConstruction\n          efSearch\n          recall\n          recallTarget\n          reachesRecallTarget\n          recallCurve {\n            ef\n            recall\n            microseconds\n          }\n          metric\n          buildSeconds\n          byteLength\n        }\n        dataset {\n          id\n          title\n        }\n        run {\n          id\n          epochCount\n          epochs {\n            epoch\n            loss\n          }\n        }\n      }\n    }\n  ": typeof types.ModelDocument,
    "\n  query ModelList($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      evaluation {\n        precisionAt10Index\n        precisionAt10Exact\n        recallAt10\n      }\n      run {\n        id\n        epochsDone\n        lastLoss\n      }\n    }\n  }\n": typeof types.ModelListDocument,
    "\n  query Reconstructions($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n        image {\n          id\n          url\n          label\n        }\n      }\n    }\n  }\n": typeof types.ReconstructionsDocument,
    "\n  query SampledIds($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 12, seed: $seed, filter: { split: TEST }) {\n        id\n      }\n    }\n  }\n": typeof types.SampledIdsDocument,
    "\n  query OddImages($datasetId: ID!, $first: Int!, $offset: Int!) {\n    dataset(id: $datasetId) {\n      id\n      oddImages(first: $first, offset: $offset) {\n        reconstructionError\n        percentile\n        image {\n          id\n          thumbnailUrl\n          label\n          split\n        }\n      }\n    }\n  }\n": typeof types.OddImagesDocument,
    "\n  query HyperparameterTitles($name: String!) {\n    architecture(name: $name) {\n      name\n      hyperparameters {\n        name\n        title\n        description\n        default\n      }\n    }\n  }\n": typeof types.HyperparameterTitlesDocument,
    "\n  query LaunchArchitectures {\n    architectures {\n      name\n      title\n      description\n      reference\n      hyperparameters {\n        name\n        title\n        description\n        kind\n        default\n        min\n        max\n      }\n    }\n  }\n": typeof types.LaunchArchitecturesDocument,
    "\n    query LaunchProposal($datasetId: ID!, $architecture: String!) {\n      dataset(id: $datasetId) {\n        id\n        sample(size: 8, seed: 1) {\n          id\n          thumbnailUrl\n          label\n        }\n        trainingProposal(architecture: $architecture) {\n          imageCount\n          hyperparameters {\n            name\n            value\n          }\n          input {\n            ...InputFields\n          }\n          warnings {\n            code\n            message\n          }\n        }\n      }\n    }\n  ": typeof types.LaunchProposalDocument,
    "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      id\n    }\n  }\n": typeof types.StartTrainingDocument,
    "\n  mutation DeleteTrainingRun($runId: ID!) {\n    deleteTrainingRun(runId: $runId)\n  }\n": typeof types.DeleteTrainingRunDocument,
    "\n  query RunList($datasetId: ID!) {\n    trainingRuns(datasetId: $datasetId) {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      lastLoss\n    }\n  }\n": typeof types.RunListDocument,
    "\n  query MetadataKeys($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      metadataKeys\n    }\n  }\n": typeof types.MetadataKeysDocument,
    "\n  query DrawnImages($datasetId: ID!, $size: Int!, $seed: Int!, $split: Split) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: $size, seed: $seed, filter: { split: $split }) {\n        id\n        thumbnailUrl(inline: true)\n        label\n      }\n    }\n  }\n": typeof types.DrawnImagesDocument,
    "\n  query ModelChoices($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      evaluation {\n        precisionAt10Index\n      }\n    }\n  }\n": typeof types.ModelChoicesDocument,
    "\n  query Search(\n    $datasetId: ID!\n    $queries: [SearchQueryInput!]!\n    $k: Int!\n    $modelId: ID\n    $filter: ImageFilterInput\n  ) {\n    search(datasetId: $datasetId, queries: $queries, k: $k, modelId: $modelId, filter: $filter) {\n      model {\n        id\n        active\n        evaluation {\n          recallAt10\n        }\n      }\n      run {\n        id\n      }\n      indexes {\n        id\n        split\n        size\n      }\n      neighbours {\n        rank\n        similarity\n        distance\n        percentile\n        image {\n          id\n          url\n          thumbnailUrl\n          label\n          split\n        }\n      }\n    }\n  }\n": typeof types.SearchDocument,
    "\n  query Familiarity($datasetId: ID!, $queries: [SearchQueryInput!]!, $modelId: ID) {\n    search(datasetId: $datasetId, queries: $queries, k: 1, modelId: $modelId) {\n      model {\n        id\n      }\n      familiarity {\n        unusual\n        percentile\n        reconstructionError\n      }\n    }\n  }\n": typeof types.FamiliarityDocument,
    "\n  query QueryImage($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      thumbnailUrl\n      label\n      split\n      name\n      width\n      height\n      dataset {\n        id\n      }\n    }\n  }\n": typeof types.QueryImageDocument,
    "\n  query Overview {\n    datasets {\n      id\n      name\n      title\n      status\n      importedCount\n      expectedCount\n      importError\n      activeModel {\n        id\n      }\n      trainingRuns {\n        id\n        status\n        phase\n        epochsDone\n        epochCount\n      }\n    }\n  }\n": typeof types.OverviewDocument,
    "\n  mutation AddImages($datasetId: ID!, $images: [NewImageInput!]!) {\n    addImages(datasetId: $datasetId, images: $images) {\n      name\n      outcome\n      refusal {\n        code\n        message\n      }\n    }\n  }\n": typeof types.AddImagesDocument,
    "\n  fragment InputFields on InputSpec {\n    width\n    height\n    channels\n    fit\n    background\n    scaling\n  }\n": typeof types.InputFieldsFragmentDoc,
    "\n    fragment RunFields on TrainingRun {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      cancelRequested\n      cancellable\n      resumable\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      input {\n        ...InputFields\n      }\n      model {\n        id\n      }\n    }\n  ": typeof types.RunFieldsFragmentDoc,
    "\n  fragment EpochFields on Epoch {\n    epoch\n    loss\n    seconds\n    reconstructions {\n      imageId\n      url\n      image {\n        id\n        url\n        label\n      }\n    }\n  }\n": typeof types.EpochFieldsFragmentDoc,
    "\n    query Run($id: ID!) {\n      trainingRun(id: $id) {\n        ...RunFields\n        hyperparameters {\n          name\n          value\n        }\n        dataset {\n          id\n          title\n        }\n        epochs {\n          ...EpochFields\n        }\n      }\n    }\n  ": typeof types.RunDocument,
    "\n    subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {\n      trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {\n        run {\n          ...RunFields\n        }\n        epoch {\n          ...EpochFields\n        }\n      }\n    }\n  ": typeof types.TrainingProgressDocument,
    "\n    mutation CancelTraining($runId: ID!) {\n      cancelTraining(runId: $runId) {\n        ...RunFields\n      }\n    }\n  ": typeof types.CancelTrainingDocument,
    "\n    mutation ResumeTraining($runId: ID!) {\n      resumeTraining(runId: $runId) {\n        ...RunFields\n      }\n    }\n  ": typeof types.ResumeTrainingDocument,
    "\n  mutation DeletePictures($ids: [ID!]!) {\n    deleteImages(ids: $ids)\n  }\n": typeof types.DeletePicturesDocument,
    "\n  query RunLog($id: ID!, $after: Int!) {\n    trainingRun(id: $id) {\n      id\n      log(after: $after) {\n        line\n        at\n        message\n      }\n    }\n  }\n": typeof types.RunLogDocument,
};
const documents: Documents = {
    "\n  query DatasetSettings($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      createdAt\n      labelTotal\n      refusalCount\n      metadataKeys\n      models {\n        id\n      }\n      sample(size: 100) {\n        id\n        byteLength\n      }\n    }\n  }\n": types.DatasetSettingsDocument,
    "\n  query EmbeddingCounts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      embeddingCounts {\n        embedded\n        pending\n        failed\n      }\n    }\n  }\n": types.EmbeddingCountsDocument,
    "\n  query Images(\n    $datasetId: ID!\n    $filter: ImageFilterInput\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    images(\n      datasetId: $datasetId\n      filter: $filter\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n    ) {\n      totalCount\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n        hasPreviousPage\n      }\n      edges {\n        cursor\n        node {\n          id\n          thumbnailUrl(inline: true)\n          label\n          split\n          embedding\n          embeddingFailure\n        }\n      }\n    }\n  }\n": types.ImagesDocument,
    "\n  mutation DescribeImage($id: ID!, $description: ImageDescriptionInput!) {\n    describeImage(id: $id, description: $description) {\n      id\n      label\n      split\n      metadata {\n        key\n        value\n      }\n    }\n  }\n": types.DescribeImageDocument,
    "\n  query Image($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      originalUrl\n      name\n      label\n      split\n      metadata {\n        key\n        value\n      }\n      format\n      width\n      height\n      channels\n      hasAlpha\n      byteLength\n      sha256\n      addedAt\n      embedding\n      embeddingFailure\n      dataset {\n        id\n        title\n        activeModel {\n          id\n        }\n      }\n    }\n  }\n": types.ImageDocument,
    "\n  query FilterChoices($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      metadataKeys\n    }\n  }\n": types.FilterChoicesDocument,
    "\n  query ImageReconstruction($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n      }\n    }\n  }\n": types.ImageReconstructionDocument,
    "\n  mutation ImportFashionMnist {\n    importFashionMnist {\n      id\n      status\n    }\n  }\n": types.ImportFashionMnistDocument,
    "\n  query LabelCounts($datasetId: ID!, $first: Int!, $containing: String) {\n    dataset(id: $datasetId) {\n      id\n      labelTotal\n      labelCounts(first: $first, containing: $containing) {\n        label\n        split\n        count\n      }\n    }\n  }\n": types.LabelCountsDocument,
    "\n  query RandomImages($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 25, seed: $seed) {\n        id\n        thumbnailUrl(inline: true)\n        label\n      }\n    }\n  }\n": types.RandomImagesDocument,
    "\n  mutation DeleteDataset($id: ID!) {\n    deleteDataset(id: $id)\n  }\n": types.DeleteDatasetDocument,
    "\n  mutation CreateDataset($name: String!, $title: String) {\n    createDataset(name: $name, title: $title) {\n      id\n    }\n  }\n": types.CreateDatasetDocument,
    "\n  query PictureStrip($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 8) {\n        id\n        thumbnailUrl\n      }\n    }\n  }\n": types.PictureStripDocument,
    "\n  fragment ScanFields on DuplicateScan {\n    status\n    done\n    total\n    failure\n    maxDistance\n    startedAt\n    finishedAt\n    model {\n      id\n    }\n  }\n": types.ScanFieldsFragmentDoc,
    "\n    query DuplicateScan($datasetId: ID!) {\n      dataset(id: $datasetId) {\n        id\n        activeModel {\n          id\n        }\n        duplicateScan {\n          ...ScanFields\n        }\n      }\n    }\n  ": types.DuplicateScanDocument,
    "\n  query DuplicateGroups($datasetId: ID!, $kind: DuplicateKind!, $first: Int!, $offset: Int!) {\n    dataset(id: $datasetId) {\n      id\n      duplicateScan {\n        exact: groupCount(kind: EXACT)\n        near: groupCount(kind: NEAR)\n        groups(kind: $kind, first: $first, offset: $offset) {\n          kind\n          distance\n          images {\n            id\n            thumbnailUrl\n            name\n            label\n            width\n            height\n            format\n            byteLength\n            addedAt\n          }\n        }\n      }\n    }\n  }\n": types.DuplicateGroupsDocument,
    "\n    mutation FindDuplicates($datasetId: ID!, $maxDistance: Float) {\n      findDuplicates(datasetId: $datasetId, maxDistance: $maxDistance) {\n        ...ScanFields\n      }\n    }\n  ": types.FindDuplicatesDocument,
    "\n    mutation CancelDuplicateScan($datasetId: ID!) {\n      cancelDuplicateScan(datasetId: $datasetId) {\n        ...ScanFields\n      }\n    }\n  ": types.CancelDuplicateScanDocument,
    "\n  query Labels($datasetId: ID!, $containing: String) {\n    dataset(id: $datasetId) {\n      id\n      labelTotal\n      labelCounts(first: 100, containing: $containing) {\n        label\n      }\n    }\n  }\n": types.LabelsDocument,
    "\n  query Explain($datasetId: ID!, $example: ExampleInput!, $imageId: ID!, $modelId: ID) {\n    explainNeighbour(\n      datasetId: $datasetId\n      example: $example\n      imageId: $imageId\n      modelId: $modelId\n    ) {\n      model {\n        id\n        input {\n          width\n          height\n        }\n      }\n      similarity\n      rows\n      columns\n      agreement\n      example {\n        inputUrl\n        reconstructionUrl\n        reconstructionError\n      }\n      image {\n        inputUrl\n        reconstructionUrl\n        reconstructionError\n      }\n    }\n  }\n": types.ExplainDocument,
    "\n  query Refusals($datasetId: ID!, $first: Int!, $after: String) {\n    dataset(id: $datasetId) {\n      id\n      refusalCount\n      refusals(first: $first, after: $after) {\n        name\n        code\n        message\n      }\n    }\n  }\n": types.RefusalsDocument,
    "\n  mutation ClearRefusals($datasetId: ID!) {\n    clearRefusals(datasetId: $datasetId) {\n      id\n      refusalCount\n    }\n  }\n": types.ClearRefusalsDocument,
    "\n  mutation ActivateModel($id: ID!) {\n    activateModel(id: $id) {\n      id\n      active\n    }\n  }\n": types.ActivateModelDocument,
    "\n  mutation DeleteModel($id: ID!) {\n    deleteModel(id: $id)\n  }\n": types.DeleteModelDocument,
    "\n    query Model($id: ID!) {\n      model(id: $id) {\n        id\n        active\n        architecture\n        createdAt\n        latentSize\n        parameterCount\n        input {\n          ...InputFields\n        }\n        layers {\n          name\n          kind\n          part\n          outputShape\n          parameterCount\n        }\n        evaluation {\n          precisionAt10Exact\n          precisionAt10Index\n          queryCount\n          recallAt10\n          recallQueryCount\n          testLoss\n        }\n        hyperparameters {\n          name\n          value\n        }\n        indexes {\n          id\n          split\n          size\n          m\n          efConstruction\n          efSearch\n          recall\n          recallTarget\n          reachesRecallTarget\n          recallCurve {\n            ef\n            recall\n            microseconds\n          }\n          metric\n          buildSeconds\n          byteLength\n        }\n        dataset {\n          id\n          title\n        }\n        run {\n          id\n          epochCount\n          epochs {\n            epoch\n            loss\n          }\n        }\n      }\n    }\n  ": types.ModelDocument,
    "\n  query ModelList($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      evaluation {\n        precisionAt10Index\n        precisionAt10Exact\n        recallAt10\n      }\n      run {\n        id\n        epochsDone\n        lastLoss\n      }\n    }\n  }\n": types.ModelListDocument,
    "\n  query Reconstructions($modelId: ID!, $imageIds: [ID!]!) {\n    model(id: $modelId) {\n      id\n      reconstructions(imageIds: $imageIds) {\n        url\n        meanSquaredError\n        image {\n          id\n          url\n          label\n        }\n      }\n    }\n  }\n": types.ReconstructionsDocument,
    "\n  query SampledIds($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 12, seed: $seed, filter: { split: TEST }) {\n        id\n      }\n    }\n  }\n": types.SampledIdsDocument,
    "\n  query OddImages($datasetId: ID!, $first: Int!, $offset: Int!) {\n    dataset(id: $datasetId) {\n      id\n      oddImages(first: $first, offset: $offset) {\n        reconstructionError\n        percentile\n        image {\n          id\n          thumbnailUrl\n          label\n          split\n        }\n      }\n    }\n  }\n": types.OddImagesDocument,
    "\n  query HyperparameterTitles($name: String!) {\n    architecture(name: $name) {\n      name\n      hyperparameters {\n        name\n        title\n        description\n        default\n      }\n    }\n  }\n": types.HyperparameterTitlesDocument,
    "\n  query LaunchArchitectures {\n    architectures {\n      name\n      title\n      description\n      reference\n      hyperparameters {\n        name\n        title\n        description\n        kind\n        default\n        min\n        max\n      }\n    }\n  }\n": types.LaunchArchitecturesDocument,
    "\n    query LaunchProposal($datasetId: ID!, $architecture: String!) {\n      dataset(id: $datasetId) {\n        id\n        sample(size: 8, seed: 1) {\n          id\n          thumbnailUrl\n          label\n        }\n        trainingProposal(architecture: $architecture) {\n          imageCount\n          hyperparameters {\n            name\n            value\n          }\n          input {\n            ...InputFields\n          }\n          warnings {\n            code\n            message\n          }\n        }\n      }\n    }\n  ": types.LaunchProposalDocument,
    "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      id\n    }\n  }\n": types.StartTrainingDocument,
    "\n  mutation DeleteTrainingRun($runId: ID!) {\n    deleteTrainingRun(runId: $runId)\n  }\n": types.DeleteTrainingRunDocument,
    "\n  query RunList($datasetId: ID!) {\n    trainingRuns(datasetId: $datasetId) {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      lastLoss\n    }\n  }\n": types.RunListDocument,
    "\n  query MetadataKeys($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      metadataKeys\n    }\n  }\n": types.MetadataKeysDocument,
    "\n  query DrawnImages($datasetId: ID!, $size: Int!, $seed: Int!, $split: Split) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: $size, seed: $seed, filter: { split: $split }) {\n        id\n        thumbnailUrl(inline: true)\n        label\n      }\n    }\n  }\n": types.DrawnImagesDocument,
    "\n  query ModelChoices($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      evaluation {\n        precisionAt10Index\n      }\n    }\n  }\n": types.ModelChoicesDocument,
    "\n  query Search(\n    $datasetId: ID!\n    $queries: [SearchQueryInput!]!\n    $k: Int!\n    $modelId: ID\n    $filter: ImageFilterInput\n  ) {\n    search(datasetId: $datasetId, queries: $queries, k: $k, modelId: $modelId, filter: $filter) {\n      model {\n        id\n        active\n        evaluation {\n          recallAt10\n        }\n      }\n      run {\n        id\n      }\n      indexes {\n        id\n        split\n        size\n      }\n      neighbours {\n        rank\n        similarity\n        distance\n        percentile\n        image {\n          id\n          url\n          thumbnailUrl\n          label\n          split\n        }\n      }\n    }\n  }\n": types.SearchDocument,
    "\n  query Familiarity($datasetId: ID!, $queries: [SearchQueryInput!]!, $modelId: ID) {\n    search(datasetId: $datasetId, queries: $queries, k: 1, modelId: $modelId) {\n      model {\n        id\n      }\n      familiarity {\n        unusual\n        percentile\n        reconstructionError\n      }\n    }\n  }\n": types.FamiliarityDocument,
    "\n  query QueryImage($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      thumbnailUrl\n      label\n      split\n      name\n      width\n      height\n      dataset {\n        id\n      }\n    }\n  }\n": types.QueryImageDocument,
    "\n  query Overview {\n    datasets {\n      id\n      name\n      title\n      status\n      importedCount\n      expectedCount\n      importError\n      activeModel {\n        id\n      }\n      trainingRuns {\n        id\n        status\n        phase\n        epochsDone\n        epochCount\n      }\n    }\n  }\n": types.OverviewDocument,
    "\n  mutation AddImages($datasetId: ID!, $images: [NewImageInput!]!) {\n    addImages(datasetId: $datasetId, images: $images) {\n      name\n      outcome\n      refusal {\n        code\n        message\n      }\n    }\n  }\n": types.AddImagesDocument,
    "\n  fragment InputFields on InputSpec {\n    width\n    height\n    channels\n    fit\n    background\n    scaling\n  }\n": types.InputFieldsFragmentDoc,
    "\n    fragment RunFields on TrainingRun {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      cancelRequested\n      cancellable\n      resumable\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      input {\n        ...InputFields\n      }\n      model {\n        id\n      }\n    }\n  ": types.RunFieldsFragmentDoc,
    "\n  fragment EpochFields on Epoch {\n    epoch\n    loss\n    seconds\n    reconstructions {\n      imageId\n      url\n      image {\n        id\n        url\n        label\n      }\n    }\n  }\n": types.EpochFieldsFragmentDoc,
    "\n    query Run($id: ID!) {\n      trainingRun(id: $id) {\n        ...RunFields\n        hyperparameters {\n          name\n          value\n        }\n        dataset {\n          id\n          title\n        }\n        epochs {\n          ...EpochFields\n        }\n      }\n    }\n  ": types.RunDocument,
    "\n    subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {\n      trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {\n        run {\n          ...RunFields\n        }\n        epoch {\n          ...EpochFields\n        }\n      }\n    }\n  ": types.TrainingProgressDocument,
    "\n    mutation CancelTraining($runId: ID!) {\n      cancelTraining(runId: $runId) {\n        ...RunFields\n      }\n    }\n  ": types.CancelTrainingDocument,
    "\n    mutation ResumeTraining($runId: ID!) {\n      resumeTraining(runId: $runId) {\n        ...RunFields\n      }\n    }\n  ": types.ResumeTrainingDocument,
    "\n  mutation DeletePictures($ids: [ID!]!) {\n    deleteImages(ids: $ids)\n  }\n": types.DeletePicturesDocument,
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
export function graphql(source: "\n  query DatasetSettings($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      createdAt\n      labelTotal\n      refusalCount\n      metadataKeys\n      models {\n        id\n      }\n      sample(size: 100) {\n        id\n        byteLength\n      }\n    }\n  }\n"): (typeof documents)["\n  query DatasetSettings($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      createdAt\n      labelTotal\n      refusalCount\n      metadataKeys\n      models {\n        id\n      }\n      sample(size: 100) {\n        id\n        byteLength\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EmbeddingCounts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      embeddingCounts {\n        embedded\n        pending\n        failed\n      }\n    }\n  }\n"): (typeof documents)["\n  query EmbeddingCounts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      embeddingCounts {\n        embedded\n        pending\n        failed\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Images(\n    $datasetId: ID!\n    $filter: ImageFilterInput\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    images(\n      datasetId: $datasetId\n      filter: $filter\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n    ) {\n      totalCount\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n        hasPreviousPage\n      }\n      edges {\n        cursor\n        node {\n          id\n          thumbnailUrl(inline: true)\n          label\n          split\n          embedding\n          embeddingFailure\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Images(\n    $datasetId: ID!\n    $filter: ImageFilterInput\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    images(\n      datasetId: $datasetId\n      filter: $filter\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n    ) {\n      totalCount\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n        hasPreviousPage\n      }\n      edges {\n        cursor\n        node {\n          id\n          thumbnailUrl(inline: true)\n          label\n          split\n          embedding\n          embeddingFailure\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DescribeImage($id: ID!, $description: ImageDescriptionInput!) {\n    describeImage(id: $id, description: $description) {\n      id\n      label\n      split\n      metadata {\n        key\n        value\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DescribeImage($id: ID!, $description: ImageDescriptionInput!) {\n    describeImage(id: $id, description: $description) {\n      id\n      label\n      split\n      metadata {\n        key\n        value\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Image($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      originalUrl\n      name\n      label\n      split\n      metadata {\n        key\n        value\n      }\n      format\n      width\n      height\n      channels\n      hasAlpha\n      byteLength\n      sha256\n      addedAt\n      embedding\n      embeddingFailure\n      dataset {\n        id\n        title\n        activeModel {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Image($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      originalUrl\n      name\n      label\n      split\n      metadata {\n        key\n        value\n      }\n      format\n      width\n      height\n      channels\n      hasAlpha\n      byteLength\n      sha256\n      addedAt\n      embedding\n      embeddingFailure\n      dataset {\n        id\n        title\n        activeModel {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterChoices($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      metadataKeys\n    }\n  }\n"): (typeof documents)["\n  query FilterChoices($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      metadataKeys\n    }\n  }\n"];
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
export function graphql(source: "\n  query LabelCounts($datasetId: ID!, $first: Int!, $containing: String) {\n    dataset(id: $datasetId) {\n      id\n      labelTotal\n      labelCounts(first: $first, containing: $containing) {\n        label\n        split\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  query LabelCounts($datasetId: ID!, $first: Int!, $containing: String) {\n    dataset(id: $datasetId) {\n      id\n      labelTotal\n      labelCounts(first: $first, containing: $containing) {\n        label\n        split\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RandomImages($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 25, seed: $seed) {\n        id\n        thumbnailUrl(inline: true)\n        label\n      }\n    }\n  }\n"): (typeof documents)["\n  query RandomImages($datasetId: ID!, $seed: Int!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 25, seed: $seed) {\n        id\n        thumbnailUrl(inline: true)\n        label\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteDataset($id: ID!) {\n    deleteDataset(id: $id)\n  }\n"): (typeof documents)["\n  mutation DeleteDataset($id: ID!) {\n    deleteDataset(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateDataset($name: String!, $title: String) {\n    createDataset(name: $name, title: $title) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation CreateDataset($name: String!, $title: String) {\n    createDataset(name: $name, title: $title) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PictureStrip($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 8) {\n        id\n        thumbnailUrl\n      }\n    }\n  }\n"): (typeof documents)["\n  query PictureStrip($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: 8) {\n        id\n        thumbnailUrl\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ScanFields on DuplicateScan {\n    status\n    done\n    total\n    failure\n    maxDistance\n    startedAt\n    finishedAt\n    model {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment ScanFields on DuplicateScan {\n    status\n    done\n    total\n    failure\n    maxDistance\n    startedAt\n    finishedAt\n    model {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query DuplicateScan($datasetId: ID!) {\n      dataset(id: $datasetId) {\n        id\n        activeModel {\n          id\n        }\n        duplicateScan {\n          ...ScanFields\n        }\n      }\n    }\n  "): (typeof documents)["\n    query DuplicateScan($datasetId: ID!) {\n      dataset(id: $datasetId) {\n        id\n        activeModel {\n          id\n        }\n        duplicateScan {\n          ...ScanFields\n        }\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DuplicateGroups($datasetId: ID!, $kind: DuplicateKind!, $first: Int!, $offset: Int!) {\n    dataset(id: $datasetId) {\n      id\n      duplicateScan {\n        exact: groupCount(kind: EXACT)\n        near: groupCount(kind: NEAR)\n        groups(kind: $kind, first: $first, offset: $offset) {\n          kind\n          distance\n          images {\n            id\n            thumbnailUrl\n            name\n            label\n            width\n            height\n            format\n            byteLength\n            addedAt\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DuplicateGroups($datasetId: ID!, $kind: DuplicateKind!, $first: Int!, $offset: Int!) {\n    dataset(id: $datasetId) {\n      id\n      duplicateScan {\n        exact: groupCount(kind: EXACT)\n        near: groupCount(kind: NEAR)\n        groups(kind: $kind, first: $first, offset: $offset) {\n          kind\n          distance\n          images {\n            id\n            thumbnailUrl\n            name\n            label\n            width\n            height\n            format\n            byteLength\n            addedAt\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation FindDuplicates($datasetId: ID!, $maxDistance: Float) {\n      findDuplicates(datasetId: $datasetId, maxDistance: $maxDistance) {\n        ...ScanFields\n      }\n    }\n  "): (typeof documents)["\n    mutation FindDuplicates($datasetId: ID!, $maxDistance: Float) {\n      findDuplicates(datasetId: $datasetId, maxDistance: $maxDistance) {\n        ...ScanFields\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation CancelDuplicateScan($datasetId: ID!) {\n      cancelDuplicateScan(datasetId: $datasetId) {\n        ...ScanFields\n      }\n    }\n  "): (typeof documents)["\n    mutation CancelDuplicateScan($datasetId: ID!) {\n      cancelDuplicateScan(datasetId: $datasetId) {\n        ...ScanFields\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Labels($datasetId: ID!, $containing: String) {\n    dataset(id: $datasetId) {\n      id\n      labelTotal\n      labelCounts(first: 100, containing: $containing) {\n        label\n      }\n    }\n  }\n"): (typeof documents)["\n  query Labels($datasetId: ID!, $containing: String) {\n    dataset(id: $datasetId) {\n      id\n      labelTotal\n      labelCounts(first: 100, containing: $containing) {\n        label\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Explain($datasetId: ID!, $example: ExampleInput!, $imageId: ID!, $modelId: ID) {\n    explainNeighbour(\n      datasetId: $datasetId\n      example: $example\n      imageId: $imageId\n      modelId: $modelId\n    ) {\n      model {\n        id\n        input {\n          width\n          height\n        }\n      }\n      similarity\n      rows\n      columns\n      agreement\n      example {\n        inputUrl\n        reconstructionUrl\n        reconstructionError\n      }\n      image {\n        inputUrl\n        reconstructionUrl\n        reconstructionError\n      }\n    }\n  }\n"): (typeof documents)["\n  query Explain($datasetId: ID!, $example: ExampleInput!, $imageId: ID!, $modelId: ID) {\n    explainNeighbour(\n      datasetId: $datasetId\n      example: $example\n      imageId: $imageId\n      modelId: $modelId\n    ) {\n      model {\n        id\n        input {\n          width\n          height\n        }\n      }\n      similarity\n      rows\n      columns\n      agreement\n      example {\n        inputUrl\n        reconstructionUrl\n        reconstructionError\n      }\n      image {\n        inputUrl\n        reconstructionUrl\n        reconstructionError\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Refusals($datasetId: ID!, $first: Int!, $after: String) {\n    dataset(id: $datasetId) {\n      id\n      refusalCount\n      refusals(first: $first, after: $after) {\n        name\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  query Refusals($datasetId: ID!, $first: Int!, $after: String) {\n    dataset(id: $datasetId) {\n      id\n      refusalCount\n      refusals(first: $first, after: $after) {\n        name\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ClearRefusals($datasetId: ID!) {\n    clearRefusals(datasetId: $datasetId) {\n      id\n      refusalCount\n    }\n  }\n"): (typeof documents)["\n  mutation ClearRefusals($datasetId: ID!) {\n    clearRefusals(datasetId: $datasetId) {\n      id\n      refusalCount\n    }\n  }\n"];
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
export function graphql(source: "\n    query Model($id: ID!) {\n      model(id: $id) {\n        id\n        active\n        architecture\n        createdAt\n        latentSize\n        parameterCount\n        input {\n          ...InputFields\n        }\n        layers {\n          name\n          kind\n          part\n          outputShape\n          parameterCount\n        }\n        evaluation {\n          precisionAt10Exact\n          precisionAt10Index\n          queryCount\n          recallAt10\n          recallQueryCount\n          testLoss\n        }\n        hyperparameters {\n          name\n          value\n        }\n        indexes {\n          id\n          split\n          size\n          m\n          efConstruction\n          efSearch\n          recall\n          recallTarget\n          reachesRecallTarget\n          recallCurve {\n            ef\n            recall\n            microseconds\n          }\n          metric\n          buildSeconds\n          byteLength\n        }\n        dataset {\n          id\n          title\n        }\n        run {\n          id\n          epochCount\n          epochs {\n            epoch\n            loss\n          }\n        }\n      }\n    }\n  "): (typeof documents)["\n    query Model($id: ID!) {\n      model(id: $id) {\n        id\n        active\n        architecture\n        createdAt\n        latentSize\n        parameterCount\n        input {\n          ...InputFields\n        }\n        layers {\n          name\n          kind\n          part\n          outputShape\n          parameterCount\n        }\n        evaluation {\n          precisionAt10Exact\n          precisionAt10Index\n          queryCount\n          recallAt10\n          recallQueryCount\n          testLoss\n        }\n        hyperparameters {\n          name\n          value\n        }\n        indexes {\n          id\n          split\n          size\n          m\n          efConstruction\n          efSearch\n          recall\n          recallTarget\n          reachesRecallTarget\n          recallCurve {\n            ef\n            recall\n            microseconds\n          }\n          metric\n          buildSeconds\n          byteLength\n        }\n        dataset {\n          id\n          title\n        }\n        run {\n          id\n          epochCount\n          epochs {\n            epoch\n            loss\n          }\n        }\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ModelList($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      evaluation {\n        precisionAt10Index\n        precisionAt10Exact\n        recallAt10\n      }\n      run {\n        id\n        epochsDone\n        lastLoss\n      }\n    }\n  }\n"): (typeof documents)["\n  query ModelList($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      architecture\n      createdAt\n      latentSize\n      parameterCount\n      evaluation {\n        precisionAt10Index\n        precisionAt10Exact\n        recallAt10\n      }\n      run {\n        id\n        epochsDone\n        lastLoss\n      }\n    }\n  }\n"];
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
export function graphql(source: "\n  query OddImages($datasetId: ID!, $first: Int!, $offset: Int!) {\n    dataset(id: $datasetId) {\n      id\n      oddImages(first: $first, offset: $offset) {\n        reconstructionError\n        percentile\n        image {\n          id\n          thumbnailUrl\n          label\n          split\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OddImages($datasetId: ID!, $first: Int!, $offset: Int!) {\n    dataset(id: $datasetId) {\n      id\n      oddImages(first: $first, offset: $offset) {\n        reconstructionError\n        percentile\n        image {\n          id\n          thumbnailUrl\n          label\n          split\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HyperparameterTitles($name: String!) {\n    architecture(name: $name) {\n      name\n      hyperparameters {\n        name\n        title\n        description\n        default\n      }\n    }\n  }\n"): (typeof documents)["\n  query HyperparameterTitles($name: String!) {\n    architecture(name: $name) {\n      name\n      hyperparameters {\n        name\n        title\n        description\n        default\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LaunchArchitectures {\n    architectures {\n      name\n      title\n      description\n      reference\n      hyperparameters {\n        name\n        title\n        description\n        kind\n        default\n        min\n        max\n      }\n    }\n  }\n"): (typeof documents)["\n  query LaunchArchitectures {\n    architectures {\n      name\n      title\n      description\n      reference\n      hyperparameters {\n        name\n        title\n        description\n        kind\n        default\n        min\n        max\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query LaunchProposal($datasetId: ID!, $architecture: String!) {\n      dataset(id: $datasetId) {\n        id\n        sample(size: 8, seed: 1) {\n          id\n          thumbnailUrl\n          label\n        }\n        trainingProposal(architecture: $architecture) {\n          imageCount\n          hyperparameters {\n            name\n            value\n          }\n          input {\n            ...InputFields\n          }\n          warnings {\n            code\n            message\n          }\n        }\n      }\n    }\n  "): (typeof documents)["\n    query LaunchProposal($datasetId: ID!, $architecture: String!) {\n      dataset(id: $datasetId) {\n        id\n        sample(size: 8, seed: 1) {\n          id\n          thumbnailUrl\n          label\n        }\n        trainingProposal(architecture: $architecture) {\n          imageCount\n          hyperparameters {\n            name\n            value\n          }\n          input {\n            ...InputFields\n          }\n          warnings {\n            code\n            message\n          }\n        }\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation StartTraining($input: StartTrainingInput!) {\n    startTraining(input: $input) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteTrainingRun($runId: ID!) {\n    deleteTrainingRun(runId: $runId)\n  }\n"): (typeof documents)["\n  mutation DeleteTrainingRun($runId: ID!) {\n    deleteTrainingRun(runId: $runId)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunList($datasetId: ID!) {\n    trainingRuns(datasetId: $datasetId) {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      lastLoss\n    }\n  }\n"): (typeof documents)["\n  query RunList($datasetId: ID!) {\n    trainingRuns(datasetId: $datasetId) {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      lastLoss\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MetadataKeys($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      metadataKeys\n    }\n  }\n"): (typeof documents)["\n  query MetadataKeys($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      metadataKeys\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DrawnImages($datasetId: ID!, $size: Int!, $seed: Int!, $split: Split) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: $size, seed: $seed, filter: { split: $split }) {\n        id\n        thumbnailUrl(inline: true)\n        label\n      }\n    }\n  }\n"): (typeof documents)["\n  query DrawnImages($datasetId: ID!, $size: Int!, $seed: Int!, $split: Split) {\n    dataset(id: $datasetId) {\n      id\n      sample(size: $size, seed: $seed, filter: { split: $split }) {\n        id\n        thumbnailUrl(inline: true)\n        label\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ModelChoices($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      evaluation {\n        precisionAt10Index\n      }\n    }\n  }\n"): (typeof documents)["\n  query ModelChoices($datasetId: ID!) {\n    models(datasetId: $datasetId) {\n      id\n      active\n      evaluation {\n        precisionAt10Index\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Search(\n    $datasetId: ID!\n    $queries: [SearchQueryInput!]!\n    $k: Int!\n    $modelId: ID\n    $filter: ImageFilterInput\n  ) {\n    search(datasetId: $datasetId, queries: $queries, k: $k, modelId: $modelId, filter: $filter) {\n      model {\n        id\n        active\n        evaluation {\n          recallAt10\n        }\n      }\n      run {\n        id\n      }\n      indexes {\n        id\n        split\n        size\n      }\n      neighbours {\n        rank\n        similarity\n        distance\n        percentile\n        image {\n          id\n          url\n          thumbnailUrl\n          label\n          split\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Search(\n    $datasetId: ID!\n    $queries: [SearchQueryInput!]!\n    $k: Int!\n    $modelId: ID\n    $filter: ImageFilterInput\n  ) {\n    search(datasetId: $datasetId, queries: $queries, k: $k, modelId: $modelId, filter: $filter) {\n      model {\n        id\n        active\n        evaluation {\n          recallAt10\n        }\n      }\n      run {\n        id\n      }\n      indexes {\n        id\n        split\n        size\n      }\n      neighbours {\n        rank\n        similarity\n        distance\n        percentile\n        image {\n          id\n          url\n          thumbnailUrl\n          label\n          split\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Familiarity($datasetId: ID!, $queries: [SearchQueryInput!]!, $modelId: ID) {\n    search(datasetId: $datasetId, queries: $queries, k: 1, modelId: $modelId) {\n      model {\n        id\n      }\n      familiarity {\n        unusual\n        percentile\n        reconstructionError\n      }\n    }\n  }\n"): (typeof documents)["\n  query Familiarity($datasetId: ID!, $queries: [SearchQueryInput!]!, $modelId: ID) {\n    search(datasetId: $datasetId, queries: $queries, k: 1, modelId: $modelId) {\n      model {\n        id\n      }\n      familiarity {\n        unusual\n        percentile\n        reconstructionError\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query QueryImage($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      thumbnailUrl\n      label\n      split\n      name\n      width\n      height\n      dataset {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  query QueryImage($id: ID!) {\n    image(id: $id) {\n      id\n      url\n      thumbnailUrl\n      label\n      split\n      name\n      width\n      height\n      dataset {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Overview {\n    datasets {\n      id\n      name\n      title\n      status\n      importedCount\n      expectedCount\n      importError\n      activeModel {\n        id\n      }\n      trainingRuns {\n        id\n        status\n        phase\n        epochsDone\n        epochCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query Overview {\n    datasets {\n      id\n      name\n      title\n      status\n      importedCount\n      expectedCount\n      importError\n      activeModel {\n        id\n      }\n      trainingRuns {\n        id\n        status\n        phase\n        epochsDone\n        epochCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddImages($datasetId: ID!, $images: [NewImageInput!]!) {\n    addImages(datasetId: $datasetId, images: $images) {\n      name\n      outcome\n      refusal {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddImages($datasetId: ID!, $images: [NewImageInput!]!) {\n    addImages(datasetId: $datasetId, images: $images) {\n      name\n      outcome\n      refusal {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment InputFields on InputSpec {\n    width\n    height\n    channels\n    fit\n    background\n    scaling\n  }\n"): (typeof documents)["\n  fragment InputFields on InputSpec {\n    width\n    height\n    channels\n    fit\n    background\n    scaling\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    fragment RunFields on TrainingRun {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      cancelRequested\n      cancellable\n      resumable\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      input {\n        ...InputFields\n      }\n      model {\n        id\n      }\n    }\n  "): (typeof documents)["\n    fragment RunFields on TrainingRun {\n      id\n      architecture\n      status\n      phase\n      phaseProgress\n      epochsDone\n      epochCount\n      secondsLeft\n      cancelRequested\n      cancellable\n      resumable\n      createdAt\n      startedAt\n      finishedAt\n      failure {\n        code\n        message\n      }\n      input {\n        ...InputFields\n      }\n      model {\n        id\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EpochFields on Epoch {\n    epoch\n    loss\n    seconds\n    reconstructions {\n      imageId\n      url\n      image {\n        id\n        url\n        label\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment EpochFields on Epoch {\n    epoch\n    loss\n    seconds\n    reconstructions {\n      imageId\n      url\n      image {\n        id\n        url\n        label\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query Run($id: ID!) {\n      trainingRun(id: $id) {\n        ...RunFields\n        hyperparameters {\n          name\n          value\n        }\n        dataset {\n          id\n          title\n        }\n        epochs {\n          ...EpochFields\n        }\n      }\n    }\n  "): (typeof documents)["\n    query Run($id: ID!) {\n      trainingRun(id: $id) {\n        ...RunFields\n        hyperparameters {\n          name\n          value\n        }\n        dataset {\n          id\n          title\n        }\n        epochs {\n          ...EpochFields\n        }\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {\n      trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {\n        run {\n          ...RunFields\n        }\n        epoch {\n          ...EpochFields\n        }\n      }\n    }\n  "): (typeof documents)["\n    subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {\n      trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {\n        run {\n          ...RunFields\n        }\n        epoch {\n          ...EpochFields\n        }\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation CancelTraining($runId: ID!) {\n      cancelTraining(runId: $runId) {\n        ...RunFields\n      }\n    }\n  "): (typeof documents)["\n    mutation CancelTraining($runId: ID!) {\n      cancelTraining(runId: $runId) {\n        ...RunFields\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation ResumeTraining($runId: ID!) {\n      resumeTraining(runId: $runId) {\n        ...RunFields\n      }\n    }\n  "): (typeof documents)["\n    mutation ResumeTraining($runId: ID!) {\n      resumeTraining(runId: $runId) {\n        ...RunFields\n      }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeletePictures($ids: [ID!]!) {\n    deleteImages(ids: $ids)\n  }\n"): (typeof documents)["\n  mutation DeletePictures($ids: [ID!]!) {\n    deleteImages(ids: $ids)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunLog($id: ID!, $after: Int!) {\n    trainingRun(id: $id) {\n      id\n      log(after: $after) {\n        line\n        at\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunLog($id: ID!, $after: Int!) {\n    trainingRun(id: $id) {\n      id\n      log(after: $after) {\n        line\n        at\n        message\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;