'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { searchStateOf, type SearchState } from '../../lib/search-state';
import { PageHeader } from '../elements/page-header';
import type { OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { QueryPicker } from './query-picker';
import { SearchChoices } from './search-choices';
import { SearchFilters } from './search-filters';

/** What shows answers is fetched with the first question: a first visit has none, but mostly a model. */
const ImageSearch = dynamic(() => import('./image-search').then((module) => module.ImageSearch));
const NoModel = dynamic(() => import('./no-model').then((module) => module.NoModel));
const UploadSearch = dynamic(() => import('./upload-search').then((module) => module.UploadSearch));

/** Pick a picture, see the ones most like it. */
export function SearchPage() {
  const params = useSearchParams();
  const state = useMemo(() => searchStateOf(new URLSearchParams(params)), [params]);
  return (
    <>
      <PageHeader title="Search">
        Pick a picture; Lookalike shows the ones most like it. Select a neighbour to search on from
        it, or say what you want more and less of.
      </PageHeader>
      <WithDataset>{(dataset) => <Search dataset={dataset} state={state} />}</WithDataset>
    </>
  );
}

function Search({ dataset, state }: { dataset: OverviewDataset; state: SearchState }) {
  if (!dataset.activeModel && !state.modelId) return <NoModel dataset={dataset} />;
  const { query } = state;
  return (
    <div className="flex flex-col gap-5">
      <QueryPicker key={dataset.id} datasetId={dataset.id} state={state} roomy={query === null} />
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <SearchChoices datasetId={dataset.id} state={state} />
        <SearchFilters key={dataset.id} datasetId={dataset.id} state={state} />
      </div>
      {query?.kind === 'UPLOAD' && (
        <UploadSearch datasetId={dataset.id} uploadKey={query.key} state={state} />
      )}
      {query?.kind === 'IMAGE' && <ImageSearch imageId={query.key} state={state} />}
    </div>
  );
}
