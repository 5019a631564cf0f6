'use client';

import { useId } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatNumberOf } from '../../lib/format';
import { useDraft } from '../../lib/use-draft';
import { useSettled } from '../../lib/use-settled';

const LabelsDocument = graphql(`
  query Labels($datasetId: ID!, $containing: String) {
    dataset(id: $datasetId) {
      id
      labelTotal
      labelCounts(first: 100, containing: $containing) {
        label
      }
    }
  }
`);

/** So many labels are offered in a list; more of them are searched. */
const LIST_MAX = 40;
const TYPED_MS = 200;

/** A label to filter by: out of a list, or searched where there are many. */
export function LabelField({
  datasetId,
  label,
  onChange,
}: {
  datasetId: string;
  label: string | null;
  onChange: (label: string | null) => void;
}) {
  const [{ data }] = useQuery({ query: LabelsDocument, variables: { datasetId } });
  const total = data?.dataset.labelTotal ?? 0;
  if (total > LIST_MAX) {
    return <SearchedLabel datasetId={datasetId} label={label} total={total} onChange={onChange} />;
  }
  const labels = namesIn(data?.dataset.labelCounts ?? []);
  if (label !== null && !labels.includes(label)) labels.push(label);
  return (
    <select
      className="field max-w-44"
      value={label ?? ''}
      onChange={({ target }) => onChange(target.value || null)}
    >
      <option value="">All</option>
      {labels.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

function SearchedLabel({
  datasetId,
  label,
  total,
  onChange,
}: {
  datasetId: string;
  label: string | null;
  total: number;
  onChange: (label: string | null) => void;
}) {
  const id = useId();
  const draft = useDraft(label ?? '');
  const containing = useSettled(draft.text.trim(), TYPED_MS);
  const [{ data }] = useQuery({
    query: LabelsDocument,
    variables: { datasetId, containing: containing || null },
  });
  const offered = namesIn(data?.dataset.labelCounts ?? []);
  const commit = (text: string) => {
    const wanted = text.trim() || null;
    if (wanted !== label) onChange(wanted);
    draft.drop();
  };
  return (
    <>
      <input
        className="field w-44"
        list={id}
        autoComplete="off"
        placeholder={`One of ${formatNumberOf(total, 'label')}`}
        value={draft.text}
        onChange={({ target }) => {
          // A choice from the list is typed at once; what is typed by hand waits for Enter.
          if (offered.includes(target.value)) commit(target.value);
          else draft.type(target.value);
        }}
        onBlur={() => commit(draft.text)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') commit(draft.text);
        }}
      />
      <datalist id={id}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

function namesIn(counts: readonly { label?: string | null | undefined }[]): string[] {
  return [...new Set(counts.flatMap(({ label }) => label ?? []))];
}
