'use client';

import Link from 'next/link';
import { useQuery } from 'urql';
import type { ModelQuery } from '../../gql/graphql';
import { formatDateTime } from '../../lib/format';
import { LossChart } from '../charts/loss-chart';
import { Badge } from '../elements/badge';
import { PageHeader } from '../elements/page-header';
import { PagePending } from '../elements/page-pending';
import { Section } from '../elements/section';
import { Hyperparameters } from '../runs/hyperparameters';
import { InputFacts } from '../runs/input-facts';
import { Evaluation } from './evaluation';
import { IndexTable } from './index-table';
import { ModelActions } from './model-actions';
import { ModelDocument } from './model-document';
import { NetworkSummary } from './network-summary';
import { Reconstructions } from './reconstructions';

export type ShownModel = ModelQuery['model'];

export function ModelPage({ id }: { id: string }) {
  const [{ data, error }, ask] = useQuery({ query: ModelDocument, variables: { id } });
  if (error || !data)
    return (
      <PagePending
        title={`Model ${id}`}
        what="the model"
        error={error}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        back={{ href: '/models', title: 'All models' }}
      />
    );
  const { model } = data;
  return (
    <>
      <PageHeader
        title={
          <>
            Model {model.id}
            {model.active ? <Badge tone="accent">✓ Active</Badge> : <Badge>Not active</Badge>}
          </>
        }
        actions={<ModelActions model={model} />}
      >
        {model.architecture} on {model.dataset.title}, left by{' '}
        <Link className="link" href={`/runs/${model.run.id}`}>
          run {model.run.id}
        </Link>{' '}
        on {formatDateTime(model.createdAt)}
      </PageHeader>
      <div className="flex flex-col gap-5">
        <Evaluation model={model} />
        <Reconstructions modelId={model.id} datasetId={model.dataset.id} />
        <NetworkSummary model={model} />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Section title="Loss" hint="After each epoch of its run.">
            <LossChart points={model.run.epochs} epochCount={model.run.epochCount} />
          </Section>
          <Section title="Hyper-parameters" hint="What its run was started with.">
            <Hyperparameters architecture={model.architecture} values={model.hyperparameters} />
          </Section>
        </div>
        <Section
          title="Input"
          hint="What every picture becomes before the network sees it, when training and when searching."
        >
          <InputFacts input={model.input} />
        </Section>
        <IndexTable indexes={model.indexes} />
      </div>
    </>
  );
}
