'use client';

import { useEffect, useRef, useState } from 'react';
import { formatCount, formatNumberOf } from '../../lib/format';
import type { ImportPlan } from '../../lib/import-plan';
import { readLabelsFile, type LabelsFile } from '../../lib/labels-file';
import { Button } from '../elements/button';

export interface LabelsFileState {
  readonly table: LabelsFile | null;
  readonly reading: boolean;
  readonly problem: string | null;
  readonly choose: (file: File | null) => void;
}

/** The labels file of an import: the one that came with the pictures, or another one, or none. */
export function useLabelsFile(first: File | null): LabelsFileState {
  const [file, choose] = useState(first);
  const [read, setRead] = useState<{ of: File; table?: LabelsFile; problem?: string } | null>(null);
  useEffect(() => {
    if (!file) return;
    let current = true;
    readLabelsFile(file).then(
      (table) => current && setRead({ of: file, table }),
      (thrown: unknown) =>
        current &&
        setRead({ of: file, problem: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
    return () => {
      current = false;
    };
  }, [file]);
  const answer = read?.of === file ? read : null;
  return {
    table: answer?.table ?? null,
    reading: file !== null && answer === null,
    problem: answer?.problem ?? null,
    choose,
  };
}

/** Chooses a labels file, and says how many of its rows are about a picture that is there. */
export function LabelsFileChoice({
  labels: { table, reading, problem, choose },
  plan,
}: {
  labels: LabelsFileState;
  plan: ImportPlan;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <section aria-label="Labels file" className="text-sm">
      <h3 className="font-medium">Labels file</h3>
      <p role="status" className="mt-0.5 text-xs break-words text-muted">
        {reading && 'Reading it …'}
        {table &&
          `${table.fileName}: ${formatCount(plan.matchedRows)} of ${formatNumberOf(table.rows.size, 'row')} are about a picture that is there. What it says goes before the folders.`}
        {!reading && !table && !problem && (
          <>
            Optional: a CSV with a header, or JSON lines, with <code>name</code> (the path below the
            folder), <code>label</code>, <code>split</code>; any other column is kept as metadata.
          </>
        )}
      </p>
      {table && plan.matchedRows === 0 && table.rows.size > 0 && (
        <p role="alert" className="mt-1 rounded-md bg-warning-soft px-2 py-1 text-xs break-words">
          No row fits. The table says “{[...table.rows.keys()][0]}”, the first picture is called “
          {plan.files[0]?.name}”.
        </p>
      )}
      {problem && (
        <p role="alert" className="field-problem mt-1">
          {problem}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onClick={() => input.current?.click()}>
          {table || problem ? 'Choose another one …' : 'Choose a labels file …'}
        </Button>
        {(table !== null || problem !== null) && (
          <Button look="quiet" onClick={() => choose(null)}>
            Use none
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.jsonl,.ndjson"
        aria-label="Labels file"
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) choose(file);
        }}
      />
    </section>
  );
}
