import { graphql, withFragments } from './graphql';
import type { RunFieldsFragment, RunQuery } from '../gql/graphql';

/** How pictures are prepared for a network. */
export const InputFieldsFragmentDocument = graphql(`
  fragment InputFields on InputSpec {
    width
    height
    channels
    fit
    background
    scaling
  }
`);

export const RunFieldsFragmentDocument = withFragments(
  graphql(`
    fragment RunFields on TrainingRun {
      id
      architecture
      status
      phase
      phaseProgress
      epochsDone
      epochCount
      secondsLeft
      bestEpoch
      stoppedEarly
      stopReason
      cancelRequested
      cancellable
      resumable
      createdAt
      startedAt
      finishedAt
      failure {
        code
        message
      }
      input {
        ...InputFields
      }
      model {
        id
        active
      }
      sweep {
        id
      }
    }
  `),
  InputFieldsFragmentDocument,
);

export const EpochFieldsFragmentDocument = graphql(`
  fragment EpochFields on Epoch {
    epoch
    loss
    seconds
    validation {
      measure
      value
      queryCount
      baseCount
      seenInTraining
    }
    reconstructions {
      imageId
      url
      image {
        id
        url
        label
      }
    }
  }
`);

/** A run with all that is known of it. */
export const RunDocument = withFragments(
  graphql(`
    query Run($id: ID!) {
      trainingRun(id: $id) {
        ...RunFields
        hyperparameters {
          name
          value
        }
        dataset {
          id
          title
        }
        epochs {
          ...EpochFields
        }
      }
    }
  `),
  RunFieldsFragmentDocument,
  EpochFieldsFragmentDocument,
);

export const TrainingProgressDocument = withFragments(
  graphql(`
    subscription TrainingProgress($runId: ID!, $afterEpoch: Int!) {
      trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {
        run {
          ...RunFields
        }
        epoch {
          ...EpochFields
        }
      }
    }
  `),
  RunFieldsFragmentDocument,
  EpochFieldsFragmentDocument,
);

export const CancelTrainingDocument = withFragments(
  graphql(`
    mutation CancelTraining($runId: ID!) {
      cancelTraining(runId: $runId) {
        ...RunFields
      }
    }
  `),
  RunFieldsFragmentDocument,
);

export const ResumeTrainingDocument = withFragments(
  graphql(`
    mutation ResumeTraining($runId: ID!) {
      resumeTraining(runId: $runId) {
        ...RunFields
      }
    }
  `),
  RunFieldsFragmentDocument,
);

export type Run = RunFieldsFragment;
export type RunEpoch = RunQuery['trainingRun']['epochs'][number];
export type RunWithEpochs = RunQuery['trainingRun'];
