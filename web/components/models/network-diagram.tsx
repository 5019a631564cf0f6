import type { ShownModel } from './model-page';

interface Volume {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly part: 'INPUT' | 'ENCODER' | 'DECODER';
}

/** Pixels that the largest side takes in the drawing. */
const LARGEST = 84;
const GAP = 26;
const TOP = 16;
/** How far back a face is drawn, for a unit of depth: to the right and up. */
const SLANT = 0.55;

/** The shapes that a picture goes through, drawn as volumes that shrink and grow again. */
export function NetworkDiagram({
  input,
  layers,
}: {
  input: ShownModel['input'];
  layers: ShownModel['layers'];
}) {
  const volumes = volumesOf(input, layers);
  const unit = LARGEST / Math.max(...volumes.flatMap(({ height, width }) => [height, width]));
  const placed = place(volumes, unit);
  const last = placed.at(-1);
  const width = last ? last.left + last.room : 0;
  const middle = TOP + LARGEST / 2 + 16;
  const height = middle + LARGEST / 2 + 44;
  return (
    <div tabIndex={0} role="region" aria-label="Network diagram" className="overflow-x-auto">
      <svg
        role="img"
        aria-label={`The picture as ${volumes.map(shapeOf).join(', then ')}`}
        viewBox={`0 0 ${width} ${height}`}
        className="mx-auto block h-auto w-full max-w-[66rem] min-w-[44rem] text-[11px]"
      >
        {placed.map((volume) => (
          <Block
            key={volume.name}
            volume={volume}
            unit={unit}
            middle={middle}
            labelY={height - 24}
          />
        ))}
      </svg>
    </div>
  );
}

interface Placed extends Volume {
  readonly left: number;
  /** Width that the drawing and its label take. */
  readonly room: number;
}

const FILLS = {
  INPUT: 'fill-sunken stroke-line-strong',
  ENCODER: 'fill-accent-soft stroke-accent',
  DECODER: 'fill-warning-soft stroke-warning',
} as const;

function Block({
  volume,
  unit,
  middle,
  labelY,
}: {
  volume: Placed;
  unit: number;
  middle: number;
  labelY: number;
}) {
  const [w, h] = [Math.max(4, volume.width * unit), Math.max(4, volume.height * unit)];
  const d = depthOf(volume);
  const slant = d * SLANT;
  const left = volume.left + (volume.room - w - d) / 2;
  const top = middle - h / 2;
  const center = volume.left + volume.room / 2;
  return (
    <g className={FILLS[volume.part]} strokeLinejoin="round">
      <polygon
        points={`${left},${top} ${left + d},${top - slant} ${left + w + d},${top - slant} ${left + w},${top}`}
      />
      <polygon
        points={`${left + w},${top} ${left + w + d},${top - slant} ${left + w + d},${top + h - slant} ${left + w},${top + h}`}
      />
      <rect x={left} y={top} width={w} height={h} />
      <text
        x={center}
        y={labelY}
        textAnchor="middle"
        stroke="none"
        className="fill-ink font-medium"
      >
        {volume.name}
      </text>
      <text x={center} y={labelY + 15} textAnchor="middle" stroke="none" className="fill-muted">
        {shapeOf(volume)}
      </text>
    </g>
  );
}

/** The input and every layer that changes the shape. */
function volumesOf(input: ShownModel['input'], layers: ShownModel['layers']): Volume[] {
  const volumes: Volume[] = [{ name: 'input', part: 'INPUT', ...input }];
  for (const { name, part, outputShape } of layers) {
    const [height = 1, width = 1, channels = 1] = outputShape;
    const before = volumes.at(-1);
    const volume = { name, part, height, width, channels };
    if (!before || shapeOf(before) !== shapeOf(volume)) volumes.push(volume);
  }
  return volumes;
}

function place(volumes: readonly Volume[], unit: number): Placed[] {
  let left = 0;
  return volumes.map((volume) => {
    const room = Math.max(volume.width * unit + depthOf(volume), 62);
    const placed = { ...volume, left, room };
    left += room + GAP * 0.4;
    return placed;
  });
}

function depthOf({ channels }: Volume): number {
  return 3 + Math.min(40, channels * 1.3);
}

function shapeOf({ height, width, channels }: Volume): string {
  return `${height}×${width}×${channels}`;
}
