'use client';

import type { SubmitEvent } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import type { SearchFilter } from '../../lib/search-state';
import { Button } from '../elements/button';

const MetadataKeysDocument = graphql(`
  query MetadataKeys($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      metadataKeys
    }
  }
`);

type Entries = SearchFilter['metadata'];

/** Conditions on metadata: a key and the value that it must have. Nothing where no image bears any. */
export function MetadataFilter({
  datasetId,
  entries,
  onChange,
}: {
  datasetId: string;
  entries: Entries;
  onChange: (entries: Entries) => void;
}) {
  const [{ data }] = useQuery({ query: MetadataKeysDocument, variables: { datasetId } });
  const keys = data?.dataset.metadataKeys ?? [];
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [key, value] = [form.get('key'), form.get('value')];
    if (typeof key !== 'string' || typeof value !== 'string' || key === '' || value === '') return;
    event.currentTarget.reset();
    onChange([...entries.filter((entry) => entry.key !== key), { key, value }]);
  };
  if (keys.length === 0 && entries.length === 0) return null;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <label>
          <span className="mb-1 block text-muted">Metadata</span>
          <select name="key" className="field max-w-40">
            {keys.map((key) => (
              <option key={key} value={key}>
                {key}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="mb-1 block text-muted">is</span>
          <input name="value" className="field w-32" autoComplete="off" />
        </label>
        <Button type="submit">Add</Button>
      </form>
      {entries.map(({ key, value }) => (
        <Button
          key={key}
          look="quiet"
          aria-label={`Take away: ${key} is ${value}`}
          onClick={() => onChange(entries.filter((entry) => entry.key !== key))}
        >
          <span className="max-w-40 truncate">
            {key} = {value}
          </span>{' '}
          <span aria-hidden>✕</span>
        </Button>
      ))}
    </div>
  );
}
