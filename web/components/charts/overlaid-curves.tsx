'use client';

import { useState } from 'react';
import { useWidth } from '../../lib/use-width';
import { Axes } from './axes';
import { chartScale, paddedRange, type ChartScale } from './chart-scale';
import { SERIES_LOOKS } from './series-looks';
import { ticksBetween, wholeTicksBetween } from './ticks';

/** A curve over epochs. */
export interface Curve {
  readonly name: string;
  /** Which of the looks it has: the same one wherever its run is shown. */
  readonly look: number;
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
}

const HEIGHT = 280;
const MARGIN = { top: 12, right: 18, bottom: 34, left: 52 };

/** Curves over each other, told apart by strokes and signs; the legend has their values where it is pointed at. */
export function OverlaidCurves({
  curves,
  title,
  format,
}: {
  curves: readonly Curve[];
  /** What the curves show. */
  title: string;
  format: (value: number) => string;
}) {
  const [width, ref] = useWidth();
  const [pointed, setPointed] = useState<number | null>(null);
  const drawn = curves.filter(({ points }) => points.length > 0);
  const layout = layoutOf(drawn, Math.max(width, 200));
  const { scale, epochs } = layout;
  const label = `${title} by epoch of ${drawn.map(({ name }) => name).join(', ')}`;
  return (
    <div ref={ref} className="w-full">
      <svg
        role="img"
        aria-label={label}
        width="100%"
        height={HEIGHT}
        className="block text-xs"
        onPointerLeave={() => setPointed(null)}
        onPointerMove={(event) => {
          const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
          setPointed(Math.min(epochs, Math.max(1, Math.round(scale.xAt(x)))));
        }}
      >
        {width > 0 && (
          <>
            <Axes
              scale={scale}
              xTicks={layout.xTicks}
              yTicks={layout.yTicks}
              xTitle="Epoch"
              yTitle={title}
              height={HEIGHT}
            />
            {pointed !== null && (
              <line
                x1={scale.x(pointed)}
                x2={scale.x(pointed)}
                y1={MARGIN.top}
                y2={scale.bottom}
                className="stroke-line-strong"
              />
            )}
            {drawn.map((curve) => (
              <Line key={curve.name} curve={curve} scale={scale} />
            ))}
          </>
        )}
      </svg>
      <ul aria-label={label} className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {drawn.map(({ name, look, points }) => {
          const shown = points.find(({ epoch }) => epoch === pointed) ?? points.at(-1);
          return (
            <li key={name} className="flex items-baseline gap-1.5">
              <span aria-hidden className={SERIES_LOOKS[look]?.text}>
                {SERIES_LOOKS[look]?.sign}
              </span>
              {name}
              {shown && (
                <span className="text-muted">
                  <span className="font-semibold text-ink">{format(shown.value)}</span> after epoch{' '}
                  {shown.epoch}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Line({ curve: { look, points }, scale }: { curve: Curve; scale: ChartScale }) {
  const { stroke, dash, fill, sign } = SERIES_LOOKS[look] ?? {};
  const last = points.at(-1);
  return (
    <>
      <polyline
        points={points.map(({ epoch, value }) => `${scale.x(epoch)},${scale.y(value)}`).join(' ')}
        className={`fill-none ${stroke}`}
        strokeWidth="2"
        strokeDasharray={dash}
        strokeLinejoin="round"
      />
      {last && (
        <text
          x={scale.x(last.epoch)}
          y={scale.y(last.value) + 5}
          textAnchor="middle"
          className={`text-sm ${fill}`}
        >
          {sign}
        </text>
      )}
    </>
  );
}

function layoutOf(curves: readonly Curve[], width: number) {
  const points = curves.flatMap((curve) => curve.points);
  const values = points.map(({ value }) => value);
  const range = paddedRange(values, 0.08, Math.abs(values[0] ?? 0) || 1);
  const epochs = Math.max(2, ...points.map(({ epoch }) => epoch));
  return {
    epochs,
    scale: chartScale({ width, height: HEIGHT, margin: MARGIN }, [1, epochs], range),
    xTicks: wholeTicksBetween(1, epochs, Math.min(10, width / 60)),
    yTicks: ticksBetween(...range, 5),
  };
}
