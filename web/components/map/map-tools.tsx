'use client';

import type { Lasso } from '../../lib/lasso';
import type { MapView, Size } from '../../lib/map-view';
import { Button } from '../elements/button';

/** What can be done with a map by buttons. */
export function MapTools({
  lassoing,
  onLasso,
  onNearer,
  onFurther,
  onWhole,
}: {
  lassoing: boolean;
  onLasso: () => void;
  onNearer: () => void;
  onFurther: () => void;
  onWhole: () => void;
}) {
  return (
    <div
      role="group"
      aria-label="View of the map"
      className="flex flex-wrap items-center gap-2 border-t border-line p-2"
    >
      <Button aria-label="Zoom in" title="Zoom in (+)" onClick={onNearer}>
        <span aria-hidden>+</span>
      </Button>
      <Button aria-label="Zoom out" title="Zoom out (-)" onClick={onFurther}>
        <span aria-hidden>−</span>
      </Button>
      <Button title="Show all (0)" onClick={onWhole}>
        All
      </Button>
      <Button
        aria-pressed={lassoing}
        title="Draw around points (L, or drag with Shift)"
        onClick={onLasso}
        className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
      >
        Lasso
      </Button>
      <p className="text-xs text-muted">
        {lassoing
          ? 'Draw around the points to select.'
          : 'Wheel or two fingers zoom, dragging moves, a click or Shift and dragging selects.'}
      </p>
    </div>
  );
}

/** The lasso while it is drawn. */
export function LassoLine({ lasso, view, size }: { lasso: Lasso; view: MapView; size: Size }) {
  const line = lasso.map(
    ([x, y]) =>
      `${(x * view.scale + view.left).toFixed(1)},${(y * view.scale + view.top).toFixed(1)}`,
  );
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${size.width} ${size.height}`}
      className="pointer-events-none absolute inset-0 size-full"
    >
      <polygon
        points={line.join(' ')}
        strokeWidth={1.5}
        strokeDasharray="5 4"
        fillOpacity={0.12}
        className="fill-accent stroke-accent"
      />
    </svg>
  );
}
