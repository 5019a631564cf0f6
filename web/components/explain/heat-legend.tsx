import { formatContribution } from '../../lib/heat-map';
import { AGREES, DIFFERS } from './heat-map';

const STEPS = 4;
const OPAQUE = 0.75;

/** What the colours of the heat map stand for. */
export function HeatLegend({ agreement }: { agreement: readonly number[] }) {
  const largest = agreement.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const steps = Array.from({ length: STEPS * 2 + 1 }, (_, place) => (place - STEPS) / STEPS);
  return (
    <p className="flex items-center gap-2 text-xs text-muted">
      <span>differ {formatContribution(-largest)}</span>
      <svg
        aria-hidden
        viewBox={`0 0 ${steps.length} 1`}
        preserveAspectRatio="none"
        className="h-3.5 w-28 rounded bg-[#808080]"
      >
        {steps.map((step, place) => (
          <rect
            key={step}
            x={place}
            width={1}
            height={1}
            fillOpacity={Math.abs(step) * OPAQUE}
            className={step < 0 ? DIFFERS : AGREES}
          />
        ))}
      </svg>
      <span>agree {formatContribution(largest)}</span>
    </p>
  );
}
