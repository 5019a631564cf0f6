import type { KeyboardEvent, PointerEvent } from 'react';
import { cellAfterKey, strengthsOf } from '../../lib/heat-map';

/** Orange agrees, blue differs: told apart with any colour vision, on light and on dark pictures. */
export const AGREES = 'fill-[#ff9d1c]';
export const DIFFERS = 'fill-[#1f5cff]';

/** The cells of the latent grid over a picture, painted by what each adds to the similarity. */
export function HeatMap({
  agreement,
  columns,
  rows,
  cell,
  onCell,
  label,
  describedBy,
}: {
  agreement: readonly number[];
  columns: number;
  rows: number;
  /** The cell that is pointed at. */
  cell: number | null;
  onCell: (cell: number | null) => void;
  label: string;
  describedBy: string;
}) {
  const strengths = strengthsOf(agreement);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = cellAfterKey(event.key, cell ?? 0, columns, rows);
    if (to === null) return;
    event.preventDefault();
    // Arrow keys go on to another neighbour everywhere else.
    event.stopPropagation();
    onCell(cell === null ? 0 : to);
  };
  const onPointerMove = ({ clientX, clientY, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const column = Math.floor(((clientX - left) / width) * columns);
    const row = Math.floor(((clientY - top) / height) * rows);
    const inside = column >= 0 && column < columns && row >= 0 && row < rows;
    onCell(inside ? row * columns + column : null);
  };
  return (
    <svg
      role="application"
      aria-roledescription="heat map"
      aria-label={label}
      aria-describedby={describedBy}
      tabIndex={0}
      viewBox={`0 0 ${columns} ${rows}`}
      preserveAspectRatio="none"
      onKeyDown={onKeyDown}
      onFocus={() => onCell(cell ?? 0)}
      onBlur={() => onCell(null)}
      onPointerMove={onPointerMove}
      onPointerDown={onPointerMove}
      onPointerLeave={() => onCell(null)}
      className="absolute inset-0 size-full rounded-md"
    >
      {agreement.map((value, place) => (
        <rect
          key={place}
          x={place % columns}
          y={Math.floor(place / columns)}
          width={1}
          height={1}
          fillOpacity={strengths[place]}
          className={value < 0 ? DIFFERS : AGREES}
        />
      ))}
      {cell !== null && (
        <g className="fill-transparent" pointerEvents="none">
          {(['stroke-black', 'stroke-[#fff]'] as const).map((stroke, place) => (
            <rect
              key={stroke}
              x={cell % columns}
              y={Math.floor(cell / columns)}
              width={1}
              height={1}
              vectorEffect="non-scaling-stroke"
              strokeWidth={place === 0 ? 4 : 2}
              className={stroke}
            />
          ))}
        </g>
      )}
    </svg>
  );
}
