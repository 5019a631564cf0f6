export interface Example {
  readonly title: string;
  readonly meaning: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Goes through the WebSocket, which curl does not speak to. */
  readonly live?: true;
}

/** Queries worth copying. They are shown, not sent: what the console sends is typed. */
export const EXAMPLES: readonly Example[] = [
  {
    title: 'Similar images',
    meaning: 'The ten TRAIN images most like an image, with what the answer was computed from.',
    query: `query Similar($imageId: ID!) {
  similarImages(imageId: $imageId, k: 10, split: TRAIN) {
    model { id }
    run { id }
    neighbours {
      rank
      similarity
      image { id label url }
    }
  }
}`,
    variables: { imageId: '60001' },
  },
  {
    title: 'Datasets and their models',
    meaning: 'What is there, and how good the models are.',
    query: `query Datasets {
  datasets {
    id
    title
    labelCounts { split label count }
    models {
      id
      active
      evaluation { precisionAt10Index recallAt10 }
    }
  }
}`,
    variables: {},
  },
  {
    title: 'Start a training run',
    meaning: 'A short trial; follow it with the subscription trainingProgress.',
    query: `mutation Start($input: StartTrainingInput!) {
  startTraining(input: $input) {
    id
    status
    epochCount
  }
}`,
    variables: {
      input: {
        datasetId: '1',
        architecture: 'conv-autoencoder',
        hyperparameters: [{ name: 'epochs', value: 2 }],
      },
    },
  },
  {
    title: 'Follow a training run',
    meaning:
      'Every epoch of a run and each change of its status or phase, as it happens, until the run has ended. A subscription goes through the WebSocket (graphql-ws): run it in GraphiQL.',
    query: `subscription Follow($runId: ID!) {
  trainingProgress(runId: $runId, afterEpoch: 0) {
    run { status phase phaseProgress epochsDone epochCount }
    epoch { epoch loss seconds }
  }
}`,
    variables: { runId: '1' },
    live: true,
  },
];

/** The example as one curl command for this server. */
export function curlOf({ query, variables }: Example, origin: string): string {
  const body = JSON.stringify({ query: query.replace(/\s+/g, ' '), variables });
  return `curl ${origin}/graphql \\\n  -H 'content-type: application/json' \\\n  -d '${body.replaceAll("'", `'\\''`)}'`;
}
