'use client';

import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { pointsInside, type Lasso } from '../../lib/lasso';
import type { MapPoints } from '../../lib/map-points';
import { panned, placeAt, zoomed } from '../../lib/map-view';
import { NearestPoint } from '../../lib/nearest-point';
import { useMapView } from '../../lib/use-map-view';
import { MapHover } from './map-hover';
import { LassoLine, MapTools } from './map-tools';
import { usePainted } from './use-painted';

/** How near to a point the pointer must be, in pixels. */
const REACH = 12;
const STEP = 1.5;
const PAN = 60;

interface Pointed {
  readonly point: number;
  readonly x: number;
  readonly y: number;
}

/**
 * The points, painted: the wheel, pinching, double click and + and - zoom, dragging and arrows move, Shift
 * or the lasso draws around points, hovering shows the picture.
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
  const [lassoing, setLassoing] = useState(false);
  const [lasso, setLasso] = useState<Lasso | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [drag, setDrag] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const grid = useMemo(() => new NearestPoint(points.places), [points]);
  const canvas = usePainted({ points, hidden, selected, view, size });
  const isShown = (point: number) => !hidden.has(points.labels[point] ?? 0);

  const at = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return [clientX - left, clientY - top] as const;
  };
  const pick = (x: number, y: number) => {
    const point = grid.find(...placeAt(view, x, y), REACH / view.scale, isShown);
    setPointed(point === null ? null : { point, x, y });
    return point;
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const [x, y] = at(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (lassoing || event.shiftKey) {
      setPointed(null);
      setLasso([placeAt(view, x, y)]);
    } else setDrag({ x, y });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const [x, y] = at(event);
    if (lasso) setLasso([...lasso, placeAt(view, x, y)]);
    else if (drag) {
      setPointed(null);
      setView(panned(view, size, x - drag.x, y - drag.y));
      setDrag({ x, y });
    } else pick(x, y);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    setDrag(null);
    if (!lasso) return;
    setLasso(null);
    setLassoing(false);
    const [x, y] = at(event);
    // A click with Shift, or one while the lasso is out: the point under it.
    const point = lasso.length < 3 ? pick(x, y) : null;
    onSelect(point === null ? pointsInside(lasso, points.places, isShown) : [point]);
  };
  const zoomBy = (factor: number) =>
    setView(zoomed(view, size, size.width / 2, size.height / 2, factor));
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      '+': () => zoomBy(STEP),
      '=': () => zoomBy(STEP),
      '-': () => zoomBy(1 / STEP),
      '0': whole,
      l: () => setLassoing(!lassoing),
      ArrowLeft: () => setView(panned(view, size, PAN, 0)),
      ArrowRight: () => setView(panned(view, size, -PAN, 0)),
      ArrowUp: () => setView(panned(view, size, 0, PAN)),
      ArrowDown: () => setView(panned(view, size, 0, -PAN)),
      Escape: () => {
        setLasso(null);
        setLassoing(false);
        onSelect([]);
      },
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (!move) return;
    event.preventDefault();
    setPointed(null);
    move();
  };
  return (
    <div className="card relative overflow-hidden p-0 sm:p-0">
      <div
        ref={frame}
        role="application"
        aria-roledescription="map"
        aria-label="Map of the embeddings: plus and minus zoom, arrows move, 0 shows all, L takes the lasso. The table below says the same in words."
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          setDrag(null);
          setLasso(null);
        }}
        onPointerLeave={() => setPointed(null)}
        onDoubleClick={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          setView(zoomed(view, size, event.clientX - left, event.clientY - top, STEP * STEP));
        }}
        className={`relative h-[min(70vh,46rem)] touch-none -outline-offset-2 select-none max-sm:h-[55vh] ${lassoing ? 'cursor-crosshair' : drag ? 'cursor-grabbing' : 'cursor-grab'}`}
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
