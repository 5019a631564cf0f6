import { useMemo, useState, type PointerEvent } from 'react';
import { pointsInside, type Lasso } from '../../lib/lasso';
import type { MapPoints } from '../../lib/map-points';
import { panned, pinched, placeAt, type MapView, type Size } from '../../lib/map-view';
import { NearestPoint } from '../../lib/nearest-point';

/** How near to a point a mouse must be, in pixels; a finger is less exact. */
const REACH = 12;
const FINGER_REACH = 24;
/** What is moved by less was meant as a click, in pixels. */
const CLICK = 4;

/** A point that is pointed at, and where. */
export interface Pointed {
  readonly point: number;
  readonly x: number;
  readonly y: number;
}

/** A button or finger that is down: where it is, and where it went down. */
interface Held {
  readonly id: number;
  readonly at: readonly [number, number];
  readonly from: readonly [number, number];
}

/**
 * What pointers do on a map: dragging moves it, two fingers move and zoom it, with Shift or the lasso
 * out a line is drawn around points, and a click selects the point under it.
 */
export function useMapGestures({
  points,
  hidden,
  selected,
  size,
  view,
  setView,
  onSelect,
}: {
  points: MapPoints;
  hidden: ReadonlySet<number>;
  selected: readonly number[];
  size: Size;
  view: MapView;
  setView: (view: MapView) => void;
  onSelect: (points: readonly number[]) => void;
}) {
  const [lassoing, setLassoing] = useState(false);
  const [lasso, setLasso] = useState<Lasso | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [held, setHeld] = useState<readonly Held[]>([]);
  const grid = useMemo(() => new NearestPoint(points.places), [points]);
  const isShown = (point: number) => !hidden.has(points.labels[point] ?? 0);

  const pick = (event: PointerEvent<HTMLElement>): number | null => {
    const [x, y] = placeOf(event);
    const reach = event.pointerType === 'mouse' ? REACH : FINGER_REACH;
    const point = grid.find(...placeAt(view, x, y), reach / view.scale, isShown);
    setPointed(point === null ? null : { point, x, y });
    return point;
  };
  const letGo = ({ pointerId }: PointerEvent<HTMLElement>) =>
    setHeld((now) => now.filter(({ id }) => id !== pointerId));

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || held.length === 2) return;
    const at = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    setPointed(null);
    setHeld([...held, { id: event.pointerId, at, from: at }]);
    // A second finger zooms, whatever the first one was about.
    const draws = (lassoing || event.shiftKey) && held.length === 0;
    setLasso(draws ? [placeAt(view, ...at)] : null);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const at = placeOf(event);
    const before = held.find(({ id }) => id === event.pointerId);
    if (!before) {
      if (held.length === 0) pick(event);
      return;
    }
    const after = held.map((each) => (each === before ? { ...each, at } : each));
    const [one, other] = held;
    const [oneAfter, otherAfter] = after;
    if (one && other && oneAfter && otherAfter) {
      setView(pinched(view, size, [one.at, other.at], [oneAfter.at, otherAfter.at]));
    } else if (lasso) setLasso([...lasso, placeAt(view, ...at)]);
    else if (isClick(before, at)) return;
    else setView(panned(view, size, at[0] - before.at[0], at[1] - before.at[1]));
    setHeld(after);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const before = held.find(({ id }) => id === event.pointerId);
    letGo(event);
    if (!before || held.length > 1) return;
    const isShort = isClick(before, placeOf(event)) && (lasso?.length ?? 0) < 3;
    if (lasso) {
      setLasso(null);
      setLassoing(false);
      if (!isShort) {
        onSelect(pointsInside(lasso, points.places, isShown));
        return;
      }
    }
    const point = isShort ? pick(event) : null;
    // What was drawn around with care is not lost by a click.
    if (point !== null && (lasso || selected.length < 2)) onSelect([point]);
  };
  return {
    ...{ lassoing, lasso, pointed, isDragging: held.length > 0 && lasso === null },
    setLassoing,
    stopPointing: () => setPointed(null),
    /** Selects all points that lie within the frame: the way without a pointer. */
    selectFramed: () => {
      const [left, top] = placeAt(view, 0, 0);
      const [right, bottom] = placeAt(view, size.width, size.height);
      const frame: Lasso = [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ];
      onSelect(pointsInside(frame, points.places, isShown));
    },
    dropLasso: () => {
      setLasso(null);
      setLassoing(false);
    },
    handlers: {
      ...{ onPointerDown, onPointerMove, onPointerUp },
      onPointerCancel: (event: PointerEvent<HTMLElement>) => {
        letGo(event);
        setLasso(null);
      },
      // A finger leaves when it is lifted: what it has touched stays shown.
      onPointerLeave: ({ pointerType }: PointerEvent<HTMLElement>) => {
        if (pointerType === 'mouse') setPointed(null);
      },
    },
  };
}

function isClick({ at, from }: Held, to: readonly [number, number]): boolean {
  const distance = (place: readonly [number, number]) =>
    Math.hypot(place[0] - from[0], place[1] - from[1]);
  return distance(at) < CLICK && distance(to) < CLICK;
}

/** In pixels from the corner of the map. */
function placeOf({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) {
  const { left, top } = currentTarget.getBoundingClientRect();
  return [clientX - left, clientY - top] as const;
}
