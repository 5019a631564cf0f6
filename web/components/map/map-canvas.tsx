'use client';

import type { KeyboardEvent } from 'react';
import type { MapPoints } from '../../lib/map-points';
import { panned, zoomed } from '../../lib/map-view';
import { useMapView } from '../../lib/use-map-view';
import { MapHover } from './map-hover';
import { LassoLine, MapTools } from './map-tools';
import { useMapGestures } from './use-map-gestures';
import { usePainted } from './use-painted';

const STEP = 1.5;
const PAN = 60;

/**
 * The points, painted: the wheel, pinching, double click and + and - zoom, dragging and arrows move, Shift
 * or the lasso draws around points, a click selects one, hovering shows the picture.
 */
export function MapCanvas({
  points,
  version,
  hidden,
  selected,
  onSelect,
}: {
  points: MapPoints;
  version: string;
  hidden: ReadonlySet<number>;
  selected: readonly number[];
  onSelect: (points: readonly number[]) => void;
}) {
  const { frame, size, view, setView, whole } = useMapView();
  const canvas = usePainted({ points, hidden, selected, view, size });
  const gestures = useMapGestures({
    ...{ points, hidden, selected, size, view, setView, onSelect },
  });
  const { lassoing, setLassoing, lasso, pointed } = gestures;
  const zoomBy = (factor: number) =>
    setView(zoomed(view, size, size.width / 2, size.height / 2, factor));
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      '+': () => zoomBy(STEP),
      '=': () => zoomBy(STEP),
      '-': () => zoomBy(1 / STEP),
      '0': whole,
      l: () => setLassoing(!lassoing),
      Enter: gestures.selectFramed,
      ArrowLeft: () => setView(panned(view, size, PAN, 0)),
      ArrowRight: () => setView(panned(view, size, -PAN, 0)),
      ArrowUp: () => setView(panned(view, size, 0, PAN)),
      ArrowDown: () => setView(panned(view, size, 0, -PAN)),
      Escape: () => {
        gestures.dropLasso();
        onSelect([]);
      },
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (!move) return;
    event.preventDefault();
    gestures.stopPointing();
    move();
  };
  return (
    <div className="card relative overflow-hidden p-0 sm:p-0">
      <div
        ref={frame}
        role="application"
        aria-roledescription="map"
        aria-label="Map of the embeddings: plus and minus zoom, arrows move, 0 shows all, L takes the lasso, Enter selects what is seen. The table below says the same in words."
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...gestures.handlers}
        onDoubleClick={(event) => {
          // Its first click may have selected what happened to lie there.
          if (selected.length === 1) onSelect([]);
          const { left, top } = event.currentTarget.getBoundingClientRect();
          setView(zoomed(view, size, event.clientX - left, event.clientY - top, STEP * STEP));
        }}
        className={`relative h-[min(70vh,46rem)] touch-none -outline-offset-2 select-none max-sm:h-[55vh] ${lassoing ? 'cursor-crosshair' : gestures.isDragging ? 'cursor-grabbing' : 'cursor-grab'}`}
      >
        <canvas ref={canvas} data-testid="map-canvas" className="absolute inset-0 size-full" />
        {lasso && <LassoLine lasso={lasso} view={view} size={size} />}
        {pointed && (
          <MapHover
            key={pointed.point}
            points={points}
            version={version}
            {...pointed}
            size={size}
          />
        )}
      </div>
      <MapTools
        lassoing={lassoing}
        onLasso={() => setLassoing(!lassoing)}
        onNearer={() => zoomBy(STEP)}
        onFurther={() => zoomBy(1 / STEP)}
        onWhole={whole}
      />
    </div>
  );
}
