import type { ReactNode } from 'react';
import type { ChartScale } from './chart-scale';

/** Lines and numbers at the ticks of both axes, and what the axes show. */
export function Axes({
  scale,
  xTicks,
  yTicks,
  yTickLabel = String,
  xTitle,
  yTitle,
  height,
}: {
  scale: ChartScale;
  xTicks: readonly number[];
  yTicks: readonly number[];
  yTickLabel?: (tick: number) => ReactNode;
  xTitle: string;
  yTitle?: string;
  /** Of the whole chart. */
  height: number;
}) {
  const { left, right, bottom, x, y } = scale;
  return (
    <g className="fill-muted">
      {yTicks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end">
            {yTickLabel(tick)}
          </text>
        </g>
      ))}
      {xTicks.map((tick) => (
        <text key={tick} x={x(tick)} y={bottom + 16} textAnchor="middle">
          {tick}
        </text>
      ))}
      <text x={right} y={height - 3} textAnchor="end">
        {xTitle}
      </text>
      {yTitle && (
        <text x="0" y={height - 3}>
          {yTitle}
        </text>
      )}
    </g>
  );
}
