'use client';

import { useWidth } from '../../lib/use-width';
import { Axes } from './axes';
import { chartScale, paddedRange } from './chart-scale';
import { ticksBetween, wholeTicksBetween } from './ticks';

/** What was measured after an epoch. */
export interface EpochPoint {
  readonly epoch: number;
  readonly value: number;
}

const MARGIN = { top: 12, right: 12, bottom: 34, left: 44 };
/** Of one value alone: what is told in three digits cannot be told apart closer. */
const LEAST_EXTENT = 0.1;
/** Of more epochs than these the curve alone is drawn. */
const MAX_DOTS = 60;

/**
 * A number after each epoch as a curve. Two of the same width and number of epochs have the same
 * horizontal axis, and a common `pointed` epoch is marked in both.
 */
export function EpochCurve({
  name,
  points,
  epochCount,
  best = null,
  height,
  format,
  pointed,
  onPoint,
}: {
  name: string;
  points: readonly EpochPoint[];
  /** Epochs there will be. */
  epochCount: number;
  /** The epoch to mark as the best one. */
  best?: number | null;
  height: number;
  format: (value: number) => string;
  pointed: number | null;
  onPoint: (epoch: number | null) => void;
}) {
  const [width, ref] = useWidth();
  const { scale, valueTicks, epochTicks } = layoutOf(
    points,
    epochCount,
    Math.max(width, 200),
    height,
  );
  const shown = points.find(({ epoch }) => epoch === pointed) ?? points.at(-1);
  const marked = points.find(({ epoch }) => epoch === best);
  return (
    <div ref={ref} className="relative w-full">
      <svg
        role="img"
        aria-label={wordsOf(name, points, marked, format)}
        width="100%"
        height={height}
        className="block text-xs"
        onPointerLeave={() => onPoint(null)}
        onPointerMove={(event) => {
          const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
          onPoint(nearest(points, scale.xAt(x)));
        }}
      >
        {width > 0 && points.length > 0 && (
          <>
            <Axes
              scale={scale}
              xTicks={epochTicks}
              yTicks={valueTicks}
              xTitle="Epoch"
              yTitle={name}
              height={height}
            />
            {marked && (
              <line
                x1={scale.x(marked.epoch)}
                x2={scale.x(marked.epoch)}
                y1={MARGIN.top}
                y2={scale.bottom}
                className="stroke-current text-muted"
                strokeDasharray="3 4"
              />
            )}
            <polyline
              points={points
                .map(({ epoch, value }) => `${scale.x(epoch)},${scale.y(value)}`)
                .join(' ')}
              className="fill-none stroke-accent"
              strokeWidth="2"
              strokeLinejoin="round"
            />
            {points.length <= MAX_DOTS &&
              points.map(({ epoch, value }) => (
                <circle
                  key={epoch}
                  cx={scale.x(epoch)}
                  cy={scale.y(value)}
                  r="3"
                  className="fill-accent"
                />
              ))}
            {[marked, shown].map(
              (point, at) =>
                point && (
                  <circle
                    key={at}
                    cx={scale.x(point.epoch)}
                    cy={scale.y(point.value)}
                    r="5"
                    className={point === marked ? 'fill-accent' : 'fill-card stroke-accent'}
                    strokeWidth="2.5"
                  />
                ),
            )}
          </>
        )}
      </svg>
      <p aria-hidden className="absolute top-2 right-3 rounded bg-card px-2 py-0.5 text-sm">
        {shown ? (
          <>
            <span className="text-muted">
              Epoch {shown.epoch}
              {shown === marked && ', the best'}
            </span>{' '}
            <span className="font-semibold">{format(shown.value)}</span>
          </>
        ) : (
          <span className="text-muted">The first point comes with the first epoch</span>
        )}
      </p>
    </div>
  );
}

function layoutOf(
  points: readonly EpochPoint[],
  epochCount: number,
  width: number,
  height: number,
) {
  const values = points.length > 0 ? points.map(({ value }) => value) : [0, 1];
  const range = paddedRange(values, 0.08, Math.max(LEAST_EXTENT, Math.abs(values[0] ?? 0)));
  const epochs = Math.max(epochCount, 2);
  return {
    scale: chartScale({ width, height, margin: MARGIN }, [1, epochs], range),
    valueTicks: ticksBetween(...range, height / 48),
    epochTicks: wholeTicksBetween(1, epochs, Math.min(10, width / 60)),
  };
}

function wordsOf(
  name: string,
  points: readonly EpochPoint[],
  marked: EpochPoint | undefined,
  format: (value: number) => string,
): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return `${name} by epoch: no epoch is done yet`;
  const ends = [first, last].map(({ epoch, value }) => `${format(value)} after epoch ${epoch}`);
  const best = marked ? `; the best is ${format(marked.value)} after epoch ${marked.epoch}` : '';
  return `${name} by epoch: ${ends.join(', ')}${best}`;
}

function nearest(points: readonly EpochPoint[], epoch: number): number | null {
  let best: EpochPoint | null = null;
  for (const point of points) {
    if (!best || Math.abs(point.epoch - epoch) < Math.abs(best.epoch - epoch)) best = point;
  }
  return best?.epoch ?? null;
}
