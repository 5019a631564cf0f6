'use client';

import { useState } from 'react';
import { formatLoss } from '../../lib/format';
import { useWidth } from '../../lib/use-width';
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
  const scale = scaleOf(points, epochCount, Math.max(width, 200));
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
          setPointed(nearest(points, scale.epochAt(x)));
        }}
      >
        {width > 0 && (
          <>
            {points.length > 0 && <Axes scale={scale} />}
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

type Scale = ReturnType<typeof scaleOf>;

function scaleOf(points: readonly LossPoint[], epochCount: number, width: number) {
  const losses = points.map(({ loss }) => loss);
  const low = losses.length > 0 ? Math.min(...losses) : 0;
  const high = losses.length > 0 ? Math.max(...losses) : 1;
  const pad = (high - low || Math.abs(high) || 1) * 0.08;
  const [min, max] = [low - pad, high + pad];
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const bottom = HEIGHT - MARGIN.bottom;
  const epochs = Math.max(epochCount, 2);
  const perEpoch = (right - left) / (epochs - 1);
  return {
    left,
    right,
    bottom,
    epochs,
    lossTicks: ticksBetween(min, max, 5),
    epochTicks: wholeTicksBetween(1, epochs, Math.min(10, width / 60)),
    x: (epoch: number) => left + (epoch - 1) * perEpoch,
    y: (loss: number) => bottom - ((loss - min) / (max - min)) * (bottom - MARGIN.top),
    epochAt: (x: number) => (x - left) / perEpoch + 1,
  };
}

function nearest(points: readonly LossPoint[], epoch: number): number | null {
  let best: LossPoint | null = null;
  for (const point of points) {
    if (!best || Math.abs(point.epoch - epoch) < Math.abs(best.epoch - epoch)) best = point;
  }
  return best?.epoch ?? null;
}

function Axes({ scale }: { scale: Scale }) {
  return (
    <g className="fill-muted">
      {scale.lossTicks.map((loss) => (
        <g key={loss}>
          <line
            x1={scale.left}
            x2={scale.right}
            y1={scale.y(loss)}
            y2={scale.y(loss)}
            className="stroke-line"
          />
          <text x={scale.left - 8} y={scale.y(loss) + 4} textAnchor="end">
            {loss}
          </text>
        </g>
      ))}
      {scale.epochTicks.map((epoch) => (
        <text key={epoch} x={scale.x(epoch)} y={scale.bottom + 16} textAnchor="middle">
          {epoch}
        </text>
      ))}
      <text x={scale.right} y={HEIGHT - 3} textAnchor="end">
        Epoch
      </text>
      <text x="0" y={HEIGHT - 3}>
        Loss
      </text>
    </g>
  );
}
