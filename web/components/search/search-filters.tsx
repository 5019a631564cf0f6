'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { conditionCount } from '../../lib/search-input';
import { searchAddress, type SearchFilter, type SearchState } from '../../lib/search-state';
import { pushAddress } from '../../lib/url-state';
import { Button } from '../elements/button';

/** Fetched when they are first opened. */
const FilterFields = dynamic(() => import('./filter-fields').then((module) => module.FilterFields));

/** Which images are searched: by label, metadata and the day they were added. */
export function SearchFilters({ datasetId, state }: { datasetId: string; state: SearchState }) {
  const count = conditionCount(state);
  const [open, setOpen] = useState(count > 0);
  const choose = (change: Partial<SearchFilter>) =>
    pushAddress(searchAddress({ ...state, filter: { ...state.filter, ...change } }));
  return (
    <>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        Filters{count > 0 && ` (${count})`} <span aria-hidden>{open ? '▴' : '▾'}</span>
      </Button>
      {open && <FilterFields datasetId={datasetId} state={state} onChoose={choose} />}
    </>
  );
}
