'use client';

import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import type { ModelListQuery } from '../../gql/graphql';
import { PageHeader } from '../elements/page-header';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { NoModel } from '../search/no-model';
import type { OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { ModelCard } from './model-card';

const ModelListDocument = graphql(`
  query ModelList($datasetId: ID!) {
    models(datasetId: $datasetId) {
      id
      active
      architecture
      createdAt
      latentSize
      parameterCount
      evaluation {
        precisionAt10Index
        precisionAt10Exact
        recallAt10
      }
      run {
        id
        epochsDone
        lastLoss
      }
    }
  }
`);

export type ListedModel = ModelListQuery['models'][number];

export function ModelsPage() {
  return (
    <>
      <PageHeader title="Models">
        A model turns pictures into embeddings. The active one answers the searches of its dataset.
      </PageHeader>
      <WithDataset>
        {(dataset) => (
          <ModelList key={`${dataset.id} ${dataset.activeModel?.id ?? ''}`} dataset={dataset} />
        )}
      </WithDataset>
    </>
  );
}

function ModelList({ dataset }: { dataset: OverviewDataset }) {
  const [{ data, error }, ask] = useQuery({
    query: ModelListDocument,
    variables: { datasetId: dataset.id },
  });
  if (error)
    return <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!data) return <Loading what="the models" className="min-h-80" />;
  if (data.models.length === 0) return <NoModel dataset={dataset} />;
  return (
    <ul aria-label="Models" className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {data.models.map((model) => (
        <ModelCard key={model.id} model={model} />
      ))}
    </ul>
  );
}
