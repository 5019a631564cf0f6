'use client';

import { cssColour, labelColour } from '../../lib/map-colours';
import { labelName, type labelCounts, type MapPoints } from '../../lib/map-points';
import { formatCount } from '../../lib/format';
import { Button } from '../elements/button';

/** Which colour is which label; a click shows it alone, with Shift or a box more of them. */
export function MapLegend({
  points,
  counts,
  hidden,
  onChange,
}: {
  points: MapPoints;
  counts: ReturnType<typeof labelCounts>;
  hidden: ReadonlySet<number>;
  onChange: (hidden: ReadonlySet<number>) => void;
}) {
  const all = counts.map(({ label }) => label);
  const toggle = (label: number) => {
    const next = new Set(hidden);
    if (!next.delete(label)) next.add(label);
    onChange(next.size === all.length ? new Set() : next);
  };
  const alone = (label: number) => {
    const isAlone = !hidden.has(label) && hidden.size === all.length - 1;
    onChange(new Set(isAlone ? [] : all.filter((other) => other !== label)));
  };
  return (
    <fieldset className="card flex max-h-[70vh] min-w-0 flex-col self-start gap-2 overflow-y-auto p-3 text-sm">
      <legend className="sr-only">Labels</legend>
      <div className="flex items-center justify-between gap-2">
        <span aria-hidden className="font-semibold">
          Labels
        </span>
        <Button look="quiet" disabled={hidden.size === 0} onClick={() => onChange(new Set())}>
          Show all
        </Button>
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-3">
        {counts.map(({ label, count }) => (
          <li key={label} className="flex min-w-0 items-center gap-2">
            <input
              type="checkbox"
              checked={!hidden.has(label)}
              onChange={() => toggle(label)}
              aria-label={`Show ${labelName(points.names, label)}`}
              className="size-4 shrink-0 accent-accent"
            />
            <button
              type="button"
              onClick={() => alone(label)}
              title={`Show ${labelName(points.names, label)} alone`}
              className="flex min-h-7 min-w-0 flex-1 items-center gap-2 text-left hover:text-accent"
            >
              <svg aria-hidden viewBox="0 0 10 10" className="size-3 shrink-0">
                <circle cx="5" cy="5" r="5" fill={cssColour(labelColour(label))} />
              </svg>
              <span className="min-w-0 flex-1 truncate">{labelName(points.names, label)}</span>
              <span className="text-xs text-muted">{formatCount(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
