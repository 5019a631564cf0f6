'use client';

import { useMemo, useRef, useState, type ReactNode } from 'react';
import { formatBytes, formatCount, formatNumberOf } from '../../lib/format';
import type { Collection } from '../../lib/import-collect';
import { startImport } from '../../lib/import-current';
import { planImport } from '../../lib/import-plan';
import { sendBatch } from '../../lib/import-send';
import { ImportSession } from '../../lib/import-session';
import { Button } from '../elements/button';
import { Facts } from '../elements/facts';
import { Section } from '../elements/section';
import type { OverviewDataset } from '../shell/overview';
import { LabelPreview } from './label-preview';
import { LabelsFileChoice, useLabelsFile } from './labels-file-choice';
import { RefusalTable } from './refusal-table';

/** What an import would do, with its choices; nothing has been sent. */
export function ImportReview({
  dataset,
  collection,
  onCancel,
}: {
  dataset: OverviewDataset;
  collection: Collection;
  onCancel: () => void;
}) {
  const [folderLabels, setFolderLabels] = useState(true);
  const [keepRoot, setKeepRoot] = useState<boolean | null>(null);
  const labels = useLabelsFile(collection.labelsFile);
  const startButton = useRef<HTMLButtonElement>(null);
  const plan = useMemo(
    () =>
      planImport(collection.candidates, {
        folderLabels,
        keepRoot,
        isZip: collection.isZip,
        labelsFile: labels.table,
      }),
    [collection, folderLabels, keepRoot, labels.table],
  );
  const refusals = [...collection.refusals, ...plan.refusals];
  const { files, root, splitCounts } = plan;

  return (
    <Section
      title="Before it begins"
      hint={`Nothing has been sent yet. The pictures go into ${dataset.title}.`}
    >
      <div className="grid gap-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <Facts
            facts={[
              ['Pictures', `${formatCount(files.length)} · ${formatBytes(plan.bytes)}`],
              ['Split', splitWords(splitCounts)],
              ['Not taken', notTakenWords(refusals.length, plan.clutterCount)],
              ...(files[0]
                ? [['First name', <code key="name">{files[0].name}</code>] as const]
                : []),
            ]}
          />
          <Choice checked={folderLabels} onChange={setFolderLabels} title="Labels from folders">
            <code>shoes/red.jpg</code> is labelled “shoes”. Where the outermost folders are just{' '}
            <code>train</code> and <code>test</code>, they are the split.
          </Choice>
          {root && (
            <Choice
              checked={root.kept}
              onChange={setKeepRoot}
              title={`Put “${root.name}/” in front of the names`}
            >
              Everything lies in this one folder. In front of the names it is a folder like the
              others, and their label where it holds pictures only. Choose the same again when you
              go on with an import later.
            </Choice>
          )}
          <LabelsFileChoice labels={labels} plan={plan} />
        </div>
        <LabelPreview plan={plan} />
      </div>
      {refusals.length > 0 && (
        <details className="mt-5 text-sm">
          <summary>{formatNumberOf(refusals.length, 'file')} will not be taken</summary>
          <div className="mt-3">
            <RefusalTable refusals={refusals} />
          </div>
        </details>
      )}
      <div className="mt-6 flex flex-wrap items-center gap-2">
        <Button
          ref={startButton}
          look="primary"
          disabled={files.length === 0 || labels.reading}
          onClick={() => {
            const job = { dataset: { id: dataset.id, title: dataset.title }, files, refusals };
            startImport(new ImportSession(job, sendBatch));
          }}
        >
          Import {formatNumberOf(files.length, 'picture')}
        </Button>
        <Button onClick={onCancel}>Choose something else</Button>
      </div>
    </Section>
  );
}

function Choice({
  title,
  checked,
  onChange,
  children,
}: {
  title: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <div className="text-sm">
      <label className="flex items-center gap-2 font-medium">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={checked}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span className="min-w-0 break-words">{title}</span>
      </label>
      <p className="mt-0.5 ml-6 text-xs text-muted">{children}</p>
    </div>
  );
}

function splitWords({ TRAIN, TEST, DRAWN }: Record<'TRAIN' | 'TEST' | 'DRAWN', number>): string {
  if (TRAIN + TEST === 0) return 'One in ten is held out as TEST';
  const rest = DRAWN > 0 ? `, of ${formatCount(DRAWN)} others one in ten is held out as TEST` : '';
  return `${formatCount(TRAIN)} TRAIN, ${formatCount(TEST)} TEST${rest}`;
}

function notTakenWords(refused: number, clutter: number): string {
  const words = refused === 0 ? 'None' : formatNumberOf(refused, 'file');
  return clutter === 0 ? words : `${words}; ${formatNumberOf(clutter, 'hidden file')} left out`;
}
