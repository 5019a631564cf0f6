'use client';

import { useState } from 'react';
import { formatLoss } from '../../lib/format';
import { useWidth } from '../../lib/use-width';
import { Axes } from './axes';
import { chartScale, paddedRange } from './chart-scale';
import { ticksBetween, wholeTicksBetween } from './ticks';

interface LossPoint {
  readonly epoch: number;
  readonly loss: number;
}

const HEIGHT = 240;
const MARGIN = { top: 12, right: 12, bottom: 34, left: 44 };

/** The loss after each epoch as a curve. The numbers stand in a table beside it. */
export function LossChart({
  points,
  epochCount,
  going,
}: {
  points: readonly LossPoint[];
  epochCount: number;
  /** Whether more points may come. */
  going: boolean;
}) {
  if (points.length === 0 && !going)
    return <p className="text-sm text-muted">This run ended before its first epoch.</p>;
  return <Curve points={points} epochCount={epochCount} />;
}

function Curve({ points, epochCount }: { points: readonly LossPoint[]; epochCount: number }) {
  const [width, ref] = useWidth();
  const [pointed, setPointed] = useState<number | null>(null);
  const last = points.at(-1);
  const first = points[0];
  const label =
    first && last
      ? `Loss by epoch: ${formatLoss(first.loss)} after epoch ${first.epoch}, ${formatLoss(last.loss)} after epoch ${last.epoch}`
      : 'Loss by epoch: no epoch is done yet';
  const { scale, lossTicks, epochTicks } = layoutOf(points, epochCount, Math.max(width, 200));
  const shown = points.find(({ epoch }) => epoch === pointed) ?? last;
  return (
    <div ref={ref} className="relative w-full">
      <svg
        role="img"
        aria-label={label}
        width="100%"
        height={HEIGHT}
        className="block text-xs"
        onPointerLeave={() => setPointed(null)}
        onPointerMove={(event) => {
          const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
          setPointed(nearest(points, scale.xAt(x)));
        }}
      >
        {width > 0 && (
          <>
            {points.length > 0 && (
              <Axes
                scale={scale}
                xTicks={epochTicks}
                yTicks={lossTicks}
                xTitle="Epoch"
                yTitle="Loss"
                height={HEIGHT}
              />
            )}
            <polyline
              points={points
                .map(({ epoch, loss }) => `${scale.x(epoch)},${scale.y(loss)}`)
                .join(' ')}
              className="fill-none stroke-accent"
              strokeWidth="2"
              strokeLinejoin="round"
            />
            {points.length <= 60 &&
              points.map(({ epoch, loss }) => (
                <circle
                  key={epoch}
                  cx={scale.x(epoch)}
                  cy={scale.y(loss)}
                  r="3"
                  className="fill-accent"
                />
              ))}
            {shown && (
              <circle
                cx={scale.x(shown.epoch)}
                cy={scale.y(shown.loss)}
                r="5"
                className="fill-card stroke-accent"
                strokeWidth="2.5"
              />
            )}
          </>
        )}
      </svg>
      <p aria-hidden className="absolute top-2 right-3 rounded bg-card px-2 py-0.5 text-sm">
        {shown ? (
          <>
            <span className="text-muted">Epoch {shown.epoch}</span>{' '}
            <span className="font-semibold">{formatLoss(shown.loss)}</span>
          </>
        ) : (
          <span className="text-muted">The first point comes with the first epoch</span>
        )}
      </p>
    </div>
  );
}

function layoutOf(points: readonly LossPoint[], epochCount: number, width: number) {
  const losses = points.length > 0 ? points.map(({ loss }) => loss) : [0, 1];
  const range = paddedRange(losses, 0.08, Math.abs(losses[0] ?? 0) || 1);
  const epochs = Math.max(epochCount, 2);
  return {
    scale: chartScale({ width, height: HEIGHT, margin: MARGIN }, [1, epochs], range),
    lossTicks: ticksBetween(...range, 5),
    epochTicks: wholeTicksBetween(1, epochs, Math.min(10, width / 60)),
  };
}

function nearest(points: readonly LossPoint[], epoch: number): number | null {
  let best: LossPoint | null = null;
  for (const point of points) {
    if (!best || Math.abs(point.epoch - epoch) < Math.abs(best.epoch - epoch)) best = point;
  }
  return best?.epoch ?? null;
}
