'use client';

import { useId, useState } from 'react';
import { cellWords, sumWords } from '../../lib/heat-map';
import { Picture } from '../elements/picture';
import type { Explanation, SeenPicture } from './explain-document';
import { HeatMap } from './heat-map';
import { HeatLegend } from './heat-legend';

/** Both pictures as the model sees and redraws them, and where they agree. */
export function ExplanationView({
  explanation,
  imageId,
}: {
  explanation: Explanation;
  imageId: string;
}) {
  const { agreement, columns, rows, similarity, model } = explanation;
  const [overlaid, setOverlaid] = useState(true);
  const [cell, setCell] = useState<number | null>(null);
  const told = useId();
  const value = cell === null ? undefined : agreement[cell];
  const pictures = [
    { title: 'Query', seen: explanation.example },
    { title: `Image ${imageId}`, seen: explanation.image },
  ] as const;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm">
        Similarity {sumWords(agreement, similarity)}: what the {rows} × {columns} cells of the
        model’s view add up to.
      </p>
      <div className="grid grid-cols-2 gap-x-4 gap-y-1.5">
        {pictures.map(({ title, seen }) => (
          <div key={title} className="flex min-w-0 flex-col gap-1.5">
            <h3 className="text-sm font-semibold">{title}</h3>
            <div
              className="relative"
              style={{ aspectRatio: `${model.input.width} / ${model.input.height}` }}
            >
              <Picture
                url={seen.inputUrl}
                alt={`${title}, as the model sees it`}
                size={320}
                eager
                className="size-full"
              />
              {overlaid && (
                <HeatMap
                  agreement={agreement}
                  columns={columns}
                  rows={rows}
                  cell={cell}
                  onCell={setCell}
                  label={`Where ${title} agrees with the other picture`}
                  describedBy={told}
                />
              )}
            </div>
            <Redrawn title={title} seen={seen} />
          </div>
        ))}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={overlaid}
            onChange={({ target }) => setOverlaid(target.checked)}
            className="size-4 accent-accent"
          />
          Show where they agree
        </label>
        {overlaid && <HeatLegend agreement={agreement} />}
      </div>
      <p id={told} role="status" className="min-h-5 text-sm text-muted">
        {cell !== null && value !== undefined
          ? cellWords(cell, columns, value, similarity)
          : overlaid
            ? 'Point at a cell, or move among them with the arrow keys, to see what it adds.'
            : ''}
      </p>
    </div>
  );
}

function Redrawn({ title, seen }: { title: string; seen: SeenPicture }) {
  return (
    <details open className="text-xs text-muted">
      <summary>As the model redraws it</summary>
      <Picture
        url={seen.reconstructionUrl}
        alt={`${title}, as the model redraws it`}
        size={160}
        className="mt-1.5 h-auto w-1/2"
      />
      <p className="mt-1">Mean squared error {seen.reconstructionError.toFixed(4)}</p>
    </details>
  );
}
