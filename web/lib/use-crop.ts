import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import {
  cornersOf,
  cropBetween,
  FIRST_CROP,
  isWithin,
  movedCrop,
  resizedCrop,
  type Crop,
  type Point,
} from './crop-area';

/** How near a corner is taken for it, in pixels. */
const REACH = 16;
const STEP = 0.02;

interface Drawing {
  readonly crop: Crop | null;
  readonly onDone: (crop: Crop | null) => void;
}

interface Drag {
  readonly from: Point;
  readonly shape: (to: Point) => Crop | null;
  /** What is drawn so far; undefined while nothing has moved. */
  latest?: Crop | null;
}

/** Draws with the pointer: a new rectangle, the present one moved, or one of its corners dragged. */
export function useCropPointer({
  crop,
  onDraw,
  onDone,
}: Drawing & { readonly onDraw: (crop: Crop | null) => void }) {
  const drag = useRef<Drag | null>(null);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const from = shareAt(event);
      drag.current = { from, shape: shapeOf(crop, from, event.currentTarget) };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!drag.current) return;
      drag.current.latest = drag.current.shape(shareAt(event));
      onDraw(drag.current.latest);
    },
    onPointerUp: () => {
      // A press that draws nothing changes nothing.
      if (drag.current?.latest !== undefined) onDone(drag.current.latest ?? crop);
      drag.current = null;
    },
    onPointerCancel: () => {
      if (drag.current) onDone(crop);
      drag.current = null;
    },
  };
}

/** Enter makes a crop, arrows move it, with Shift they change its size, Escape takes it away. */
export function useCropKeys({
  crop,
  onStep,
  onDone,
}: Drawing & { readonly onStep: (crop: Crop) => void }): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && crop) onDone(null);
    else if (event.key === 'Enter' && !crop) onStep(FIRST_CROP);
    else {
      const by = STEPS[event.key];
      if (!by || !crop) return;
      onStep(event.shiftKey ? resizedCrop(crop, by) : movedCrop(crop, by));
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

function shapeOf(crop: Crop | null, from: Point, element: HTMLElement): Drag['shape'] {
  const { width, height } = element.getBoundingClientRect();
  const corner =
    crop &&
    cornersOf(crop).find(
      ({ at }) => Math.hypot((at.x - from.x) * width, (at.y - from.y) * height) <= REACH,
    );
  if (corner) return (to) => cropBetween(corner.fixed, to);
  if (crop && isWithin(crop, from))
    return (to) => movedCrop(crop, { x: to.x - from.x, y: to.y - from.y });
  return (to) => cropBetween(from, to);
}

function shareAt({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>): Point {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}
