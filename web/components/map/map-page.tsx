'use client';

import { useSearchParams } from 'next/navigation';
import type { MapKind } from '../../gql/graphql';
import { addressWith } from '../../lib/url-state';
import { PageHeader } from '../elements/page-header';
import { StateTabs } from '../elements/state-tabs';
import { NoModel } from '../search/no-model';
import { WithDataset } from '../shell/with-dataset';
import { ModelMap } from './model-map';

const KINDS = [
  {
    kind: 'PCA',
    title: 'Principal components',
    distances:
      'Seen from the side on which the embeddings differ most: what lies far apart is unlike. What lies close together may still differ, in a direction that is not seen.',
  },
  {
    kind: 'UMAP',
    title: 'Neighbours (UMAP)',
    distances:
      'What lies close together is alike. How far groups lie apart, how large and how dense they are, says little.',
  },
] as const;

/** All images of a dataset in the plane, where the active model, or the one of the address, sees them. */
export function MapPage() {
  const params = useSearchParams();
  const kind: MapKind = params.get('kind') === 'UMAP' ? 'UMAP' : 'PCA';
  const asked = params.get('model');
  return (
    <>
      <PageHeader title="Map">
        Every image as a point, near to those that {asked ? `model ${asked}` : 'the active model'}{' '}
        finds alike. What lies among points of another colour may be labelled wrongly.
      </PageHeader>
      <WithDataset>
        {(dataset) => {
          const modelId = asked ?? dataset.activeModel?.id;
          if (modelId === undefined) return <NoModel dataset={dataset} />;
          return (
            <div className="flex flex-col gap-4">
              <StateTabs
                label="Kinds of maps"
                tabs={KINDS.map((each) => ({
                  title: each.title,
                  href: addressWith('/map', params, {
                    kind: each.kind === 'PCA' ? null : each.kind,
                  }),
                  isCurrent: each.kind === kind,
                }))}
              />
              <p className="max-w-3xl text-sm text-muted">
                {KINDS.find((each) => each.kind === kind)?.distances}
              </p>
              <ModelMap
                key={`${modelId} ${kind}`}
                datasetId={dataset.id}
                modelId={modelId}
                kind={kind}
              />
            </div>
          );
        }}
      </WithDataset>
    </>
  );
}
