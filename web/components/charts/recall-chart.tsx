'use client';

import { formatMicroseconds, formatRecall } from '../../lib/recall-words';
import { useWidth } from '../../lib/use-width';
import { Axes } from './axes';
import { chartScale, paddedRange, type ChartScale } from './chart-scale';
import { ticksBetween, wholeTicksBetween } from './ticks';

interface RecallPoint {
  readonly ef: number;
  readonly recall: number;
  readonly microseconds: number;
}

const HEIGHT = 160;
const MARGIN = { top: 10, right: 14, bottom: 32, left: 44 };

/** Recall against the candidates of a search, with the target as a line and the chosen point marked. */
export function RecallChart({
  points,
  target,
  chosenEf,
}: {
  points: readonly RecallPoint[];
  target: number | null;
  chosenEf: number;
}) {
  const [width, ref] = useWidth();
  const { scale, recallTicks, efTicks } = layoutOf(points, target, Math.max(width, 200));
  const chosen = points.find(({ ef }) => ef === chosenEf);
  const told = chosen
    ? `: ef ${chosen.ef} was chosen, with ${formatRecall(chosen.recall)} in ${formatMicroseconds(chosen.microseconds)}`
    : '';
  return (
    <div ref={ref} className="w-full">
      <svg
        role="img"
        aria-label={`Recall at 10 by candidates a search (ef), measured at ${points.length} values${told}`}
        width="100%"
        height={HEIGHT}
        className="block text-xs"
      >
        {width > 0 && (
          <>
            <Axes
              scale={scale}
              xTicks={efTicks}
              yTicks={recallTicks}
              yTickLabel={(recall) => `${Number((recall * 100).toFixed(2))} %`}
              xTitle="ef, candidates a search"
              height={HEIGHT}
            />
            {target !== null && <TargetLine scale={scale} target={target} />}
            <polyline
              points={points
                .map((point) => `${scale.x(point.ef)},${scale.y(point.recall)}`)
                .join(' ')}
              className="fill-none stroke-accent"
              strokeWidth="2"
              strokeLinejoin="round"
            />
            {points.map((point) => (
              <circle
                key={point.ef}
                cx={scale.x(point.ef)}
                cy={scale.y(point.recall)}
                r={point === chosen ? 5 : 2.5}
                className={point === chosen ? 'fill-card stroke-accent' : 'fill-accent'}
                strokeWidth={point === chosen ? 2.5 : 0}
              >
                <title>
                  ef {point.ef}: {formatRecall(point.recall)} in{' '}
                  {formatMicroseconds(point.microseconds)}
                </title>
              </circle>
            ))}
          </>
        )}
      </svg>
    </div>
  );
}

function layoutOf(points: readonly RecallPoint[], target: number | null, width: number) {
  const recalls = [...points.map(({ recall }) => recall), ...(target === null ? [] : [target])];
  const efs = points.map(({ ef }) => ef);
  const [first, last] = [Math.min(...efs), Math.max(...efs)];
  const [low, high] = paddedRange(recalls, 0.1, 0.01);
  const range = [low, Math.min(1, high)] as const;
  return {
    scale: chartScale({ width, height: HEIGHT, margin: MARGIN }, [first, last], range),
    recallTicks: ticksBetween(...range, 4),
    efTicks: wholeTicksBetween(first, last, width / 80),
  };
}

function TargetLine({ scale, target }: { scale: ChartScale; target: number }) {
  return (
    <g className="fill-muted">
      <line
        x1={scale.left}
        x2={scale.right}
        y1={scale.y(target)}
        y2={scale.y(target)}
        className="stroke-current text-muted"
        strokeDasharray="5 4"
      />
      <text x={scale.right} y={scale.y(target) + 14} textAnchor="end">
        target {formatRecall(target)}
      </text>
    </g>
  );
}
