'use client';

import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import type { ModelListQuery } from '../../gql/graphql';
import { ButtonLink } from '../elements/button';
import { PageHeader } from '../elements/page-header';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { NoModel } from '../search/no-model';
import type { OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { ActivationHistory } from './activation-history';
import { ModelCard } from './model-card';
import { RollBackButton } from './roll-back-button';

const ModelListDocument = graphql(`
  query ModelList($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      earlierModel {
        id
      }
      activations {
        at
        modelId
        cause
        forced
      }
    }
    models(datasetId: $datasetId) {
      id
      active
      architecture
      createdAt
      latentSize
      parameterCount
      evaluation {
        queryCount
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
export type ListedActivation = ModelListQuery['dataset']['activations'][number];

export function ModelsPage() {
  return (
    <>
      <PageHeader title="Models">
        A model turns pictures into embeddings. The active one answers the searches of its dataset.
      </PageHeader>
      <WithDataset>{(dataset) => <ModelList key={dataset.id} dataset={dataset} />}</WithDataset>
    </>
  );
}

function ModelList({ dataset }: { dataset: OverviewDataset }) {
  const [{ data, error }, ask] = useQuery({
    query: ModelListDocument,
    variables: { datasetId: dataset.id },
  });
  const [activatedId, setActivatedId] = useState<string | null>(null);
  const activeId = dataset.activeModel?.id;
  // A run that has ended since may have left another one.
  useEffect(() => ask({ requestPolicy: 'network-only' }), [activeId, ask]);
  if (error)
    return <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!data) return <Loading what="the models" className="min-h-80" />;
  if (data.models.length === 0) return <NoModel dataset={dataset} />;
  const { earlierModel, activations } = data.dataset;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-3 empty:hidden">
        {earlierModel && (
          <RollBackButton
            datasetId={dataset.id}
            earlierId={earlierModel.id}
            onActivated={setActivatedId}
          />
        )}
        {data.models.length > 1 && (
          <ButtonLink href="/models/compare">Compare two models</ButtonLink>
        )}
        <p role="status" className="text-sm text-muted">
          {activatedId !== null && `Model ${activatedId} answers the searches now.`}
        </p>
      </div>
      <ul aria-label="Models" className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {data.models.map((model) => (
          <ModelCard
            key={model.id}
            model={model}
            activeId={activeId}
            onActivated={setActivatedId}
          />
        ))}
      </ul>
      <ActivationHistory
        activations={activations}
        presentIds={new Set(data.models.map(({ id }) => id))}
      />
    </div>
  );
}
