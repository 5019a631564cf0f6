'use client';

import { useSearchParams } from 'next/navigation';
import type { MapKind } from '../../gql/graphql';
import { addressWith } from '../../lib/url-state';
import { PageHeader } from '../elements/page-header';
import { StateLink } from '../elements/state-link';
import { NoModel } from '../search/no-model';
import { WithDataset } from '../shell/with-dataset';
import { ModelMap } from './model-map';

const KINDS = [
  { kind: 'PCA', title: 'Principal components' },
  { kind: 'UMAP', title: 'Neighbours (UMAP)' },
] as const;

/** All images of a dataset in the plane, where the active model sees them. */
export function MapPage() {
  const params = useSearchParams();
  const kind: MapKind = params.get('kind') === 'UMAP' ? 'UMAP' : 'PCA';
  return (
    <>
      <PageHeader title="Map">
        Every image as a point, near to those that the active model finds alike. What lies among
        points of another colour may be labelled wrongly.
      </PageHeader>
      <WithDataset>
        {(dataset) =>
          dataset.activeModel ? (
            <div className="flex flex-col gap-4">
              <nav aria-label="Kinds of maps" className="flex flex-wrap gap-1">
                {KINDS.map((each) => (
                  <StateLink
                    key={each.kind}
                    href={addressWith('/map', params, {
                      kind: each.kind === 'PCA' ? null : each.kind,
                    })}
                    aria-current={each.kind === kind ? 'page' : undefined}
                    className="rounded-md border border-transparent px-3 py-1.5 text-sm text-muted hover:bg-sunken aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
                  >
                    {each.title}
                  </StateLink>
                ))}
              </nav>
              <ModelMap
                key={`${dataset.activeModel.id} ${kind}`}
                datasetId={dataset.id}
                modelId={dataset.activeModel.id}
                kind={kind}
              />
            </div>
          ) : (
            <NoModel dataset={dataset} />
          )
        }
      </WithDataset>
    </>
  );
}
