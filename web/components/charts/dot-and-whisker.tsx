import type { Estimate } from '../../lib/estimate';
import type { Range } from './chart-scale';
import { ticksBetween } from './ticks';

/** Of a line; what stands beside is as high. */
const HEIGHT = 22;
const MIDDLE = HEIGHT / 2;
/** Half of a whisker's end. */
const END = 6;
/** Signs of the others, in their order; a legend says whose they are. */
export const OTHER_SIGNS = ['◆', '▲', '■', '✚'] as const;

/** A value as a dot with its interval as a line, and those of others below. The numbers stand beside it. */
export function DotAndWhisker({
  estimate,
  others = [],
  range,
}: {
  estimate: Estimate;
  others?: readonly Estimate[];
  range: Range;
}) {
  const height = HEIGHT * (1 + others.length);
  const at = (value: number) => percentOf(value, range);
  return (
    <svg aria-hidden width="100%" height={height} className="block overflow-visible text-xs">
      {ticksBetween(...range, 5).map((tick) => (
        <line key={tick} x1={at(tick)} x2={at(tick)} y1={0} y2={height} className="stroke-line" />
      ))}
      <Whisker estimate={estimate} range={range} y={MIDDLE} className="stroke-accent" />
      <circle cx={at(estimate.value)} cy={MIDDLE} r={4} className="fill-accent" />
      {others.map((other, place) => (
        <g key={place} className="fill-ink">
          <Whisker
            estimate={other}
            range={range}
            y={MIDDLE + HEIGHT * (place + 1)}
            className="stroke-line-strong"
          />
          <text x={at(other.value)} y={MIDDLE + HEIGHT * (place + 1) + 4} textAnchor="middle">
            {OTHER_SIGNS[place % OTHER_SIGNS.length]}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The numbers below such pictures that lie under each other. */
export function WhiskerAxis({ range }: { range: Range }) {
  return (
    <svg aria-hidden width="100%" height={16} className="block overflow-visible fill-muted text-xs">
      {ticksBetween(...range, 5).map((tick) => (
        <text key={tick} x={percentOf(tick, range)} y={12} textAnchor="middle">
          {tick}
        </text>
      ))}
    </svg>
  );
}

function Whisker({
  estimate: { low, high },
  range,
  y,
  className,
}: {
  estimate: Estimate;
  range: Range;
  y: number;
  className: string;
}) {
  const [from, to] = [percentOf(low, range), percentOf(high, range)];
  return (
    <g className={className} strokeWidth={2}>
      <line x1={from} x2={to} y1={y} y2={y} />
      <line x1={from} x2={from} y1={y - END} y2={y + END} />
      <line x1={to} x2={to} y1={y - END} y2={y + END} />
    </g>
  );
}

function percentOf(value: number, [min, max]: Range): string {
  const share = (value - min) / (max - min || 1);
  return `${Math.min(1, Math.max(0, share)) * 100}%`;
}
