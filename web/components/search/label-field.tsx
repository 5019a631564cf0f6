'use client';

import { useId } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { formatCount } from '../../lib/format';
import { useDraft } from '../../lib/use-draft';
import { useSettled } from '../../lib/use-settled';

const LabelChoicesDocument = graphql(`
  query LabelChoices($datasetId: ID!, $containing: String) {
    dataset(id: $datasetId) {
      id
      labelTotal
      labelCounts(containing: $containing, first: 50) {
        label
        count
        split
      }
    }
  }
`);

const TYPED_MS = 200;

/** A label, found by typing a part of it: there may be half a million. */
export function LabelField({
  datasetId,
  label,
  onChange,
}: {
  datasetId: string;
  label: string | null;
  onChange: (label: string | null) => void;
}) {
  const list = useId();
  const draft = useDraft(label ?? '');
  const containing = useSettled(draft.text, TYPED_MS);
  const [{ data }] = useQuery({
    query: LabelChoicesDocument,
    variables: { datasetId, containing: containing === '' ? null : containing },
    requestPolicy: 'cache-first',
  });
  const counts = new Map<string, number>();
  for (const counted of data?.dataset.labelCounts ?? []) {
    if (counted.label === null) continue;
    counts.set(counted.label, (counts.get(counted.label) ?? 0) + counted.count);
  }
  const take = (text: string) => {
    draft.drop();
    if (text !== (label ?? '')) onChange(text === '' ? null : text);
  };
  return (
    <label>
      <span className="mb-1 block text-muted">Label</span>
      <input
        className="field w-44"
        list={list}
        placeholder={data ? `any of ${formatCount(data.dataset.labelTotal)}` : 'any'}
        autoComplete="off"
        value={draft.text}
        onChange={({ target }) => {
          if (counts.has(target.value) || target.value === '') take(target.value);
          else draft.type(target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(draft.text);
        }}
        onBlur={() => take(draft.text)}
      />
      <datalist id={list}>
        {[...counts].map(([name, count]) => (
          <option key={name} value={name}>
            {formatCount(count)}
          </option>
        ))}
      </datalist>
    </label>
  );
}
