import { cornersOf, type Crop } from '../../lib/crop-area';

/** A crop on its picture: what does not count is darkened, the corners can be dragged. */
export function CropFrame({ crop }: { crop: Crop }) {
  const { left, top, width, height } = crop;
  const hole = `M0 0h1v1h-1z M${left} ${top}v${height}h${width}v${-height}z`;
  const corners = cornersOf(crop)
    .map(({ at }) => `M${at.x} ${at.y}h0`)
    .join('');
  return (
    <svg
      aria-hidden
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full"
    >
      <path d={hole} fillRule="evenodd" className="fill-black/55" />
      {/* Light on dark, so that it is seen on any picture. */}
      {(['stroke-black', 'stroke-[#fff]'] as const).map((stroke, place) => (
        <g key={stroke} className={`fill-transparent ${stroke}`}>
          <rect
            x={left}
            y={top}
            width={width}
            height={height}
            vectorEffect="non-scaling-stroke"
            strokeWidth={place === 0 ? 4 : 2}
          />
          <path
            d={corners}
            vectorEffect="non-scaling-stroke"
            strokeWidth={place === 0 ? 14 : 10}
            strokeLinecap="round"
          />
        </g>
      ))}
    </svg>
  );
}
