'use client';

import { useQuery } from 'urql';
import { labelName, type MapPoints } from '../../lib/map-points';
import type { Size } from '../../lib/map-view';
import { useSettled } from '../../lib/use-settled';
import { Picture } from '../elements/picture';
import { MapImageDocument } from './map-documents';

/** The pointer rests so long on a point before its name is asked for. */
const REST_MS = 120;
const GAP = 14;

/** The picture of a point, beside the pointer. */
export function MapHover({
  points,
  version,
  point,
  x,
  y,
  size,
}: {
  points: MapPoints;
  version: string;
  point: number;
  x: number;
  y: number;
  size: Size;
}) {
  const id = String(points.imageIds[point] ?? 0);
  const rested = useSettled(point, REST_MS) === point;
  const [{ data, error }] = useQuery({
    query: MapImageDocument,
    variables: { id },
    pause: !rested,
    requestPolicy: 'cache-first',
  });
  const image = data?.image;
  const right = x > size.width / 2;
  const below = y > size.height / 2;
  return (
    <div
      data-testid="map-hover"
      style={{
        [right ? 'right' : 'left']: (right ? size.width - x : x) + GAP,
        [below ? 'bottom' : 'top']: (below ? size.height - y : y) + GAP,
      }}
      className="pointer-events-none absolute z-10 w-36 rounded-md border border-line-strong bg-card p-2 text-xs shadow-lg"
    >
      <Picture
        url={`/thumbnails/${id}?v=${version}`}
        alt=""
        size={126}
        eager
        className="aspect-square h-auto w-full"
      />
      <p className="mt-1.5 truncate text-sm font-medium">
        {image ? (image.label ?? 'No label') : labelName(points.names, points.labels[point] ?? 0)}
      </p>
      <p className="truncate text-muted">
        {error ? 'Not there any more' : (image?.name ?? `Image ${id}`)}
      </p>
    </div>
  );
}
