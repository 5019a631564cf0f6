'use client';

import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { isFiltered, NO_FILTER, type ImageFilterState } from '../../lib/image-filter';
import { useDraft } from '../../lib/use-draft';
import { Button } from '../elements/button';
import { LabelField } from '../elements/label-field';

const FilterChoicesDocument = graphql(`
  query FilterChoices($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      metadataKeys
    }
  }
`);

/** Which images the browser shows: by split, label, metadata, and the day they were added. */
export function ImageFilters({
  datasetId,
  state,
  onChange,
}: {
  datasetId: string;
  state: ImageFilterState;
  onChange: (changes: Record<string, string | null>) => void;
}) {
  const [{ data }] = useQuery({ query: FilterChoicesDocument, variables: { datasetId } });
  const keys = data?.dataset.metadataKeys ?? [];
  return (
    <div role="group" aria-label="Filter" className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-3">
      <Labelled title="Split">
        <select
          className="field"
          value={state.split ?? ''}
          onChange={({ target }) => onChange({ split: target.value || null })}
        >
          <option value="">All</option>
          <option value="TRAIN">Train</option>
          <option value="TEST">Test</option>
        </select>
      </Labelled>
      <Labelled title="Label">
        <LabelField
          datasetId={datasetId}
          label={state.label}
          onChange={(label) => onChange({ label })}
        />
      </Labelled>
      {(keys.length > 0 || state.metadataKey) && (
        <MetadataFields keys={keys} state={state} onChange={onChange} />
      )}
      <Labelled title="Added from">
        <input
          type="date"
          className="field"
          value={state.addedFrom ?? ''}
          max={state.addedTo ?? undefined}
          onChange={({ target }) => onChange({ from: target.value || null })}
        />
      </Labelled>
      <Labelled title="Added until">
        <input
          type="date"
          className="field"
          value={state.addedTo ?? ''}
          min={state.addedFrom ?? undefined}
          onChange={({ target }) => onChange({ to: target.value || null })}
        />
      </Labelled>
      {isFiltered(state) && (
        <Button look="quiet" onClick={() => onChange(NO_FILTER)}>
          Show all
        </Button>
      )}
    </div>
  );
}

function MetadataFields({
  keys,
  state: { metadataKey, metadataValue },
  onChange,
}: {
  keys: readonly string[];
  state: ImageFilterState;
  onChange: (changes: Record<string, string | null>) => void;
}) {
  const draft = useDraft(metadataValue ?? '');
  const commit = () => {
    if (draft.text !== (metadataValue ?? '')) onChange({ value: draft.text || null });
    draft.drop();
  };
  return (
    <>
      <Labelled title="Metadata">
        <select
          className="field max-w-44"
          value={metadataKey ?? ''}
          onChange={({ target }) => onChange({ key: target.value || null, value: null })}
        >
          <option value="">Any</option>
          {keys.map((key) => (
            <option key={key}>{key}</option>
          ))}
        </select>
      </Labelled>
      {metadataKey && (
        <Labelled title={`Value of ${metadataKey}`}>
          <input
            className="field w-40"
            value={draft.text}
            onChange={({ target }) => draft.type(target.value)}
            onBlur={commit}
            onKeyDown={({ key }) => {
              if (key === 'Enter') commit();
            }}
          />
        </Labelled>
      )}
    </>
  );
}

function Labelled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <label className="flex min-w-0 flex-col gap-1 text-sm">
      <span className="truncate text-xs text-muted">{title}</span>
      {children}
    </label>
  );
}
