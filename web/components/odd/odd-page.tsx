'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import type { OddImagesQuery } from '../../gql/graphql';
import { formatCount, formatNumberOf } from '../../lib/format';
import { isUnmeasured } from '../../lib/percentile-words';
import { addressWith, pushAddress } from '../../lib/url-state';
import { useGridKeys } from '../../lib/use-grid-keys';
import { Button } from '../elements/button';
import { DeletePictures } from '../elements/delete-pictures';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import { NoModel } from '../search/no-model';
import type { OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { OddCard } from './odd-card';

const OddImagesDocument = graphql(`
  query OddImages($datasetId: ID!, $first: Int!, $offset: Int!) {
    dataset(id: $datasetId) {
      id
      oddImages(first: $first, offset: $offset) {
        reconstructionError
        percentile
        image {
          id
          thumbnailUrl
          label
          split
        }
      }
    }
  }
`);

export type OddImage = OddImagesQuery['dataset']['oddImages'][number];

const PAGE_SIZE = 48;

/** The pictures that the model redraws worst: often damaged, mislabelled or out of place. */
export function OddPage() {
  return (
    <>
      <PageHeader title="Odd ones out">
        The pictures that the active model redraws worst, worst first: often damaged, blank, or not
        of this dataset at all.
      </PageHeader>
      <WithDataset>
        {(dataset) =>
          dataset.activeModel ? (
            <OddImages key={`${dataset.id} ${dataset.activeModel.id}`} dataset={dataset} />
          ) : (
            <NoModel dataset={dataset} />
          )
        }
      </WithDataset>
    </>
  );
}

function TrainLink() {
  return (
    <Link className="link" href="/runs/new">
      Train a new model
    </Link>
  );
}

function OddImages({ dataset }: { dataset: OverviewDataset }) {
  const params = useSearchParams();
  const page = Math.max(1, Math.floor(Number(params.get('page'))) || 1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [{ data, error, fetching }, ask] = useQuery({
    query: OddImagesDocument,
    // One more than is shown tells whether more follow.
    variables: { datasetId: dataset.id, first: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE },
  });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const found = data?.dataset.oddImages ?? [];
  const shown = found.slice(0, PAGE_SIZE);
  const grid = useGridKeys(shown.length);
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  const go = (to: number) => {
    setSelected(new Set());
    pushAddress(addressWith('/odd', params, { page: to === 1 ? null : to }));
  };
  if (error && !data) return <ErrorNote error={error} onRetry={refresh} />;
  if (!data) return <Loading what="the odd ones out" className="min-h-80" />;
  if (shown.length === 0 && page === 1) {
    return (
      <p className="card py-10 text-center text-sm text-muted">
        No image has been measured under the active model. One that was trained before this was
        measured has nothing to show: <TrainLink /> to have this.
      </p>
    );
  }
  const ids = shown.map(({ image }) => image.id).filter((id) => selected.has(id));
  return (
    <section aria-label="Odd ones out" aria-busy={fetching} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status" className="text-sm text-muted">
          {ids.length > 0
            ? `${formatNumberOf(ids.length, 'picture')} selected`
            : `The worst from ${formatCount((page - 1) * PAGE_SIZE + 1)} to ${formatCount((page - 1) * PAGE_SIZE + shown.length)}`}
        </p>
        <div className="flex flex-wrap gap-2">
          {ids.length > 0 && (
            <Button look="quiet" onClick={() => setSelected(new Set())}>
              Select none
            </Button>
          )}
          <DeletePictures
            ids={ids}
            what="that you selected"
            onDeleted={() => {
              setSelected(new Set());
              refresh();
            }}
          >
            Delete the selected
          </DeletePictures>
        </div>
      </div>
      {error && <ErrorNote error={error} onRetry={refresh} />}
      {shown.some(({ percentile }) => isUnmeasured(percentile)) && (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-sm">
          The active model was trained before this was measured: only images that were added since
          are here, and nothing says how they compare with those it learnt from. <TrainLink /> to
          have this.
        </p>
      )}
      <ol
        {...grid.container}
        aria-label="Pictures, worst redrawn first"
        className={`grid grid-cols-2 gap-3 min-[30rem]:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6 ${fetching ? 'opacity-60' : ''}`}
      >
        {shown.map((odd, place) => (
          <OddCard
            key={odd.image.id}
            odd={odd}
            selected={selected.has(odd.image.id)}
            onToggle={() => toggle(odd.image.id)}
            gridItem={grid.item(place)}
          />
        ))}
      </ol>
      <nav aria-label="Pages" className="flex justify-between gap-2">
        <Button disabled={page === 1} onClick={() => go(page - 1)}>
          <span aria-hidden>←</span> Worse
        </Button>
        <Button disabled={found.length <= PAGE_SIZE} onClick={() => go(page + 1)}>
          Better <span aria-hidden>→</span>
        </Button>
      </nav>
    </section>
  );
}
