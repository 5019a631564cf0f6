'use client';

import Link from 'next/link';
import { useState } from 'react';
import {
  confusionOf,
  confusionWords,
  MAX_CONFUSION_LABELS,
  type ConfusionCell,
} from '../../lib/confusion';
import { formatPercent } from '../../lib/format';
import { addressWith } from '../../lib/url-state';
import { useGridKeys, type GridItem } from '../../lib/use-grid-keys';
import { Section } from '../elements/section';
import type { EvaluationDetails } from './evaluation';

/** The strongest colour of a cell. */
const OPAQUE = 0.9;

/** Which labels the neighbours of each label bear, as a map; arrow keys move among its cells. */
export function ConfusionMap({
  details,
  datasetId,
}: {
  details: EvaluationDetails;
  datasetId: string;
}) {
  const { labels, labelCount } = details;
  if (labelCount < 2 || labelCount > MAX_CONFUSION_LABELS) return null;
  return <Confusion labels={labels} datasetId={datasetId} />;
}

function Confusion({
  labels,
  datasetId,
}: {
  labels: EvaluationDetails['labels'];
  datasetId: string;
}) {
  const { columns, rows, largestMistake } = confusionOf(labels);
  const keys = useGridKeys(columns.length * rows.length);
  const [told, setTold] = useState<ConfusionCell | null>(null);
  const nameOf = (label: string | null) => label ?? 'No label';
  return (
    <Section
      title="Confusion of neighbours"
      hint={`A row is the TEST images with one label, a column the label that their 10 nearest TRAIN images bear. Green on the diagonal is right; amber is a mistake, the strongest ${formatPercent(largestMistake, 1)} of the neighbours. A cell leads to the images with the label of its column.`}
    >
      <p role="status" className="mb-3 min-h-10 text-sm text-muted sm:min-h-5">
        {told ? confusionWords(told) : 'Point at a cell, or move to it with the arrow keys.'}
      </p>
      <div
        tabIndex={0}
        role="region"
        aria-label="Confusion of neighbours by label"
        className="overflow-x-auto"
      >
        <table className="border-separate border-spacing-0.5 text-xs">
          <thead>
            <tr>
              <td />
              {columns.map((label) => (
                <th key={label ?? ''} scope="col" className="h-24 w-7 align-bottom font-normal">
                  <span
                    title={nameOf(label)}
                    className="mx-auto block max-h-24 rotate-180 truncate text-left [writing-mode:vertical-rl]"
                  >
                    {nameOf(label)}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...keys.container}>
            {rows.map((cells, row) => (
              <tr key={cells[0]?.queryLabel}>
                <th
                  scope="row"
                  title={cells[0]?.queryLabel}
                  className="max-w-28 truncate pr-2 text-left font-normal"
                >
                  {cells[0]?.queryLabel}
                </th>
                {cells.map((cell, column) => (
                  <td key={cell.neighbourLabel ?? ''} className="p-0">
                    <Cell
                      cell={cell}
                      datasetId={datasetId}
                      gridItem={keys.item(row * columns.length + column)}
                      onTell={setTold}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Cell({
  cell,
  datasetId,
  gridItem,
  onTell,
}: {
  cell: ConfusionCell;
  datasetId: string;
  gridItem: GridItem;
  onTell: (cell: ConfusionCell) => void;
}) {
  const { neighbourLabel, isSame, strength } = cell;
  return (
    <Link
      {...gridItem}
      prefetch={false}
      href={addressWith('/dataset', '', {
        dataset: datasetId,
        label: neighbourLabel,
        split: 'TRAIN',
      })}
      aria-label={confusionWords(cell)}
      onFocus={() => onTell(cell)}
      onPointerEnter={() => onTell(cell)}
      className="block size-7 overflow-hidden rounded-sm bg-sunken hover:outline-2 hover:outline-accent"
    >
      <svg aria-hidden viewBox="0 0 1 1" className="block size-7">
        <rect
          width={1}
          height={1}
          fillOpacity={strength * OPAQUE}
          className={isSame ? 'fill-accent' : 'fill-warning'}
        />
      </svg>
    </Link>
  );
}
