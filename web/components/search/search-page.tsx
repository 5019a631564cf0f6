'use client';

import { useSearchParams } from 'next/navigation';
import { searchStateOf, type SearchState } from '../../lib/search-state';
import { PageHeader } from '../elements/page-header';
import type { OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { ImageSearch } from './image-search';
import { NoModel } from './no-model';
import { QueryPicker } from './query-picker';
import { SearchChoices } from './search-choices';
import { UploadSearch } from './upload-search';

/** Pick a picture, see the ones most like it. */
export function SearchPage() {
  const state = searchStateOf(new URLSearchParams(useSearchParams()));
  return (
    <>
      <PageHeader title="Search">
        Pick a picture; Lookalike shows the ones most like it. Select a neighbour to search on from
        it.
      </PageHeader>
      <WithDataset>{(dataset) => <Search dataset={dataset} state={state} />}</WithDataset>
    </>
  );
}

function Search({ dataset, state }: { dataset: OverviewDataset; state: SearchState }) {
  if (!dataset.activeModel && !state.modelId) return <NoModel dataset={dataset} />;
  const asked = state.imageId !== null || state.uploadKey !== null;
  return (
    <div className="flex flex-col gap-5">
      <QueryPicker key={dataset.id} datasetId={dataset.id} state={state} roomy={!asked} />
      <SearchChoices datasetId={dataset.id} state={state} />
      {state.uploadKey !== null ? (
        <UploadSearch
          key={`${state.uploadKey} ${state.k} ${state.split} ${state.modelId ?? ''}`}
          datasetId={dataset.id}
          uploadKey={state.uploadKey}
          state={state}
        />
      ) : (
        state.imageId !== null && <ImageSearch imageId={state.imageId} state={state} />
      )}
    </div>
  );
}
