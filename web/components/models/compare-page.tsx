'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useQuery } from 'urql';
import { formatScore } from '../../lib/format';
import {
  chosenModels,
  modelComparisonAddress,
  modelComparisonOf,
  type ModelComparisonState,
} from '../../lib/model-comparison';
import { compareRunsAddress } from '../../lib/run-comparison';
import { pushAddress } from '../../lib/url-state';
import { Button, ButtonLink } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import type { OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { ComparableModelsDocument, type ComparableModel } from './comparison-documents';
import { ComparisonQuery } from './comparison-query';

/** Two models asked the same: what both find, what moved, what is new. */
export function CompareModelsPage() {
  const params = useSearchParams();
  const state = modelComparisonOf(new URLSearchParams(params));
  return (
    <>
      <PageHeader
        title="Compare two models"
        actions={<ButtonLink href="/models">All models</ButtonLink>}
      >
        The neighbours of one picture under each model, side by side.
      </PageHeader>
      <WithDataset>
        {(dataset) => <Comparison key={dataset.id} dataset={dataset} state={state} />}
      </WithDataset>
    </>
  );
}

function Comparison({ dataset, state }: { dataset: OverviewDataset; state: ModelComparisonState }) {
  const [{ data, error }, ask] = useQuery({
    query: ComparableModelsDocument,
    variables: { datasetId: dataset.id },
  });
  if (error && !data)
    return <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!data) return <Loading what="the models" className="min-h-[60vh]" />;
  const chosen = chosenModels(state, data.models);
  if (!chosen) {
    return (
      <EmptyState title="There are no two models to compare">
        <p>
          {dataset.title} has {data.models.length === 0 ? 'no model' : 'one model'} yet. Train{' '}
          {data.models.length === 0 ? 'two' : 'another one'} with other settings.
        </p>
        <ButtonLink look="primary" href="/runs/new">
          Train a model
        </ButtonLink>
      </EmptyState>
    );
  }
  const { a, b } = chosen;
  const settled = { ...state, a, b };
  const choose = (change: Partial<ModelComparisonState>) =>
    pushAddress(modelComparisonAddress({ ...settled, ...change }));
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3 text-sm">
        <ModelChoice
          title="First model"
          id={a}
          models={data.models}
          onChoose={(id) => choose({ a: id })}
        />
        <ModelChoice
          title="Second model"
          id={b}
          models={data.models}
          onChoose={(id) => choose({ b: id })}
        />
        <Button onClick={() => choose({ a: b, b: a })}>Swap</Button>
        <Link className="link self-center" href={compareRunsAddress([a, b])}>
          Compare their runs
        </Link>
      </div>
      <ComparisonQuery datasetId={dataset.id} state={settled} />
    </div>
  );
}

function ModelChoice({
  title,
  id,
  models,
  onChoose,
}: {
  title: string;
  id: string;
  models: readonly ComparableModel[];
  onChoose: (id: string) => void;
}) {
  const isThere = models.some((model) => model.id === id);
  return (
    <label className="min-w-0">
      <span className="mb-1 block text-muted">{title}</span>
      <select
        className="field max-w-full"
        value={id}
        onChange={({ target }) => onChoose(target.value)}
      >
        {!isThere && <option value={id}>Model {id} (not there)</option>}
        {models.map((model) => (
          <option key={model.id} value={model.id}>
            Model {model.id}
            {model.active && ' (active)'} · {model.architecture} · P@10{' '}
            {formatScore(model.evaluation.precisionAt10Exact)}
          </option>
        ))}
      </select>
    </label>
  );
}
