'use client';

import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { Split } from '../../gql/graphql';

const LabelsDocument = graphql(`
  query Labels($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      labelCounts {
        label
      }
    }
  }
`);

/** Which images the browser shows: by split and by label. */
export function ImageFilters({
  datasetId,
  split,
  label,
  onChange,
}: {
  datasetId: string;
  split: Split | null;
  label: string | null;
  onChange: (change: Record<string, string | null>) => void;
}) {
  const [{ data }] = useQuery({ query: LabelsDocument, variables: { datasetId } });
  const counts = data?.dataset.labelCounts ?? [];
  const labels = [...new Set(counts.flatMap((count) => count.label ?? []))];
  return (
    <>
      <label className="flex items-center gap-2 text-sm">
        Split
        <select
          className="field"
          value={split ?? ''}
          onChange={({ target }) => onChange({ split: target.value || null })}
        >
          <option value="">All</option>
          <option value="TRAIN">Train</option>
          <option value="TEST">Test</option>
        </select>
      </label>
      <label className="flex items-center gap-2 text-sm">
        Label
        <select
          className="field max-w-40"
          value={label ?? ''}
          onChange={({ target }) => onChange({ label: target.value || null })}
        >
          <option value="">All</option>
          {labels.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
