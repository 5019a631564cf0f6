export interface Example {
  readonly title: string;
  readonly meaning: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Goes through the WebSocket, which curl does not speak to. */
  readonly live?: true;
  /** Sends a file, where the variables have null: a GraphQL multipart request. */
  readonly file?: { readonly variable: string; readonly name: string };
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
    title: 'More like these, less like that',
    meaning:
      'Several examples at once, only among some images; the percentile says how unusual so near a neighbour is. An example is an image, a file, or a vector.',
    query: `query Search($datasetId: ID!, $queries: [SearchQueryInput!]!, $filter: ImageFilterInput) {
  search(datasetId: $datasetId, queries: $queries, filter: $filter, k: 10) {
    familiarity { unusual }
    neighbours {
      rank
      similarity
      percentile
      image { id name label thumbnailUrl }
    }
  }
}`,
    variables: {
      datasetId: '1',
      queries: [
        {
          positives: [{ imageId: '60001' }, { imageId: '60024' }],
          negatives: [{ imageId: '60002' }],
        },
      ],
      filter: { split: 'TRAIN' },
    },
  },
  {
    title: 'Create a dataset',
    meaning: 'An empty dataset of your own, for pictures to be added to.',
    query: `mutation Create($name: String!, $title: String) {
  createDataset(name: $name, title: $title) {
    id
    name
  }
}`,
    variables: { name: 'shoes', title: 'Shoes' },
  },
  {
    title: 'Add images',
    meaning:
      'Up to 100 files a request. A file that is answered as ADDED is on disk and, under the active model, searchable; one that is refused says why. Files are sent with curl or a client, not in GraphiQL.',
    query: `mutation Add($datasetId: ID!, $images: [NewImageInput!]!) {
  addImages(datasetId: $datasetId, images: $images) {
    name
    outcome
    image { id embedding }
    refusal { code message }
  }
}`,
    variables: {
      datasetId: '2',
      images: [
        {
          file: null,
          name: 'shoes/red.jpg',
          label: 'shoes',
          metadata: [{ key: 'photographer', value: 'Ada' }],
        },
      ],
    },
    file: { variable: 'images.0.file', name: 'red.jpg' },
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

/** The example as one curl command for this server, with the key that stands in `$KEY`. */
export function curlOf({ query, variables, file }: Example, origin: string): string {
  const body = quoted(JSON.stringify({ query: query.replace(/\s+/g, ' '), variables }));
  if (!file) {
    return `curl ${origin}/graphql \\\n  -H "authorization: Bearer $KEY" \\\n  -H 'content-type: application/json' \\\n  -d ${body}`;
  }
  const map = quoted(JSON.stringify({ 0: [`variables.${file.variable}`] }));
  return `curl ${origin}/graphql \\\n  -H "authorization: Bearer $KEY" \\\n  -H 'apollo-require-preflight: true' \\\n  -F operations=${body} \\\n  -F map=${map} \\\n  -F 0=@${file.name}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
