'use client';

import { useState } from 'react';
import { conditionCount } from '../../lib/search-input';
import {
  NO_FILTER,
  searchAddress,
  type SearchFilter,
  type SearchState,
} from '../../lib/search-state';
import { pushAddress } from '../../lib/url-state';
import { Button } from '../elements/button';
import { LabelField } from '../elements/label-field';
import { MetadataFilter } from './metadata-filter';

/** Which images are searched: by label, metadata and the day they were added. */
export function SearchFilters({ datasetId, state }: { datasetId: string; state: SearchState }) {
  const count = conditionCount(state);
  const [open, setOpen] = useState(count > 0);
  const { filter } = state;
  const choose = (change: Partial<SearchFilter>) =>
    pushAddress(searchAddress({ ...state, filter: { ...filter, ...change } }));
  return (
    <>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        Filters{count > 0 && ` (${count})`} <span aria-hidden>{open ? '▴' : '▾'}</span>
      </Button>
      {open && (
        <div
          role="group"
          aria-label="Filters"
          className="flex basis-full flex-wrap items-end gap-x-4 gap-y-3 text-sm"
        >
          <label>
            <span className="mb-1 block text-muted">Label</span>
            <LabelField
              datasetId={datasetId}
              label={filter.label}
              onChange={(label) => choose({ label })}
            />
          </label>
          <MetadataFilter
            datasetId={datasetId}
            entries={filter.metadata}
            onChange={(metadata) => choose({ metadata })}
          />
          <DayField
            title="Added from"
            day={filter.addedFrom}
            onChange={(addedFrom) => choose({ addedFrom })}
          />
          <DayField
            title="Added before"
            day={filter.addedBefore}
            onChange={(addedBefore) => choose({ addedBefore })}
          />
          {count > 0 && (
            <Button look="quiet" onClick={() => choose(NO_FILTER)}>
              Clear the filters
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function DayField({
  title,
  day,
  onChange,
}: {
  title: string;
  day: string | null;
  onChange: (day: string | null) => void;
}) {
  return (
    <label>
      <span className="mb-1 block text-muted">{title}</span>
      <input
        type="date"
        className="field"
        value={day ?? ''}
        onChange={({ target }) => onChange(target.value || null)}
      />
    </label>
  );
}
