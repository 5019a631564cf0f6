'use client';

import { conditionCount } from '../../lib/search-input';
import { NO_FILTER, type SearchFilter, type SearchState } from '../../lib/search-state';
import { Button } from '../elements/button';
import { LabelField } from '../elements/label-field';
import { MetadataFilter } from './metadata-filter';

/** The conditions on an image: its label, its metadata, and the day it was added. */
export function FilterFields({
  datasetId,
  state,
  onChoose,
}: {
  datasetId: string;
  state: SearchState;
  onChoose: (change: Partial<SearchFilter>) => void;
}) {
  const { filter } = state;
  return (
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
          onChange={(label) => onChoose({ label })}
        />
      </label>
      <MetadataFilter
        datasetId={datasetId}
        entries={filter.metadata}
        onChange={(metadata) => onChoose({ metadata })}
      />
      <DayField
        title="Added from"
        day={filter.addedFrom}
        onChange={(addedFrom) => onChoose({ addedFrom })}
      />
      <DayField
        title="Added before"
        day={filter.addedBefore}
        onChange={(addedBefore) => onChoose({ addedBefore })}
      />
      {conditionCount(state) > 0 && (
        <Button look="quiet" onClick={() => onChoose(NO_FILTER)}>
          Clear the filters
        </Button>
      )}
    </div>
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
