'use client';

import { useQuery } from 'urql';
import { AuditFiltersDocument } from './audit-documents';

/** By whom, and what. */
export function AuditFilters({
  caller,
  action,
  onChange,
}: {
  caller: string | null;
  action: string | null;
  onChange: (changes: Record<string, string | null>) => void;
}) {
  const [{ data }] = useQuery({
    query: AuditFiltersDocument,
    requestPolicy: 'cache-and-network',
  });
  const filters = data?.auditFilters;
  return (
    <div className="mb-4 flex flex-wrap gap-4 text-sm">
      <Choice
        label="Caller"
        value={caller}
        values={filters?.callers ?? []}
        onChange={(chosen) => onChange({ caller: chosen })}
      />
      <Choice
        label="Action"
        value={action}
        values={filters?.actions ?? []}
        onChange={(chosen) => onChange({ action: chosen })}
      />
    </div>
  );
}

function Choice({
  label,
  value,
  values,
  onChange,
}: {
  label: string;
  value: string | null;
  values: readonly string[];
  onChange: (value: string | null) => void;
}) {
  // The chosen one may be there no more, or not yet.
  const all = value === null || values.includes(value) ? values : [value, ...values];
  return (
    <label className="flex flex-col gap-1">
      {label}
      <select
        className="field"
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      >
        <option value="">all</option>
        {all.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}
