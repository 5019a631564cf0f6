'use client';

import { useMemo, useState } from 'react';
import { formatNumberOf } from '../../lib/format';
import { labelCounts } from '../../lib/map-points';
import type { MapPoints } from '../../lib/map-points';
import { useMapPoints } from '../../lib/use-map-points';
import { ProblemNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { MapCanvas } from './map-canvas';
import { MapLegend } from './map-legend';
import { MapSelection } from './map-selection';
import { MapTable } from './map-table';

/** The points of a map, once they are here. */
export function DrawnMap({ url, datasetId }: { url: string; datasetId: string }) {
  const { points, problem, retry } = useMapPoints(url);
  if (problem !== null) {
    return <ProblemNote code="MAP_UNREADABLE" message={problem} onRetry={retry} />;
  }
  if (!points) return <Loading what="the points" className="min-h-80" />;
  const version = new URLSearchParams(url.split('?')[1]).get('v') ?? '';
  return <Explorer points={points} version={version} datasetId={datasetId} />;
}

function Explorer({
  points,
  version,
  datasetId,
}: {
  points: MapPoints;
  version: string;
  datasetId: string;
}) {
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [selected, setSelected] = useState<readonly number[]>([]);
  const counts = useMemo(() => labelCounts(points), [points]);
  return (
    <section aria-label="Map of the embeddings" className="flex flex-col gap-4">
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_15rem]">
        <MapCanvas
          points={points}
          version={version}
          hidden={hidden}
          selected={selected}
          onSelect={setSelected}
        />
        <MapLegend points={points} counts={counts} hidden={hidden} onChange={setHidden} />
      </div>
      <p role="status" className="sr-only">
        {formatNumberOf(selected.length, 'image')} selected
      </p>
      {selected.length > 0 && (
        <MapSelection
          // Another selection begins at its first page.
          key={`${selected[0]} ${selected.length}`}
          points={points}
          version={version}
          selected={selected}
          onClear={() => setSelected([])}
        />
      )}
      <MapTable points={points} counts={counts} datasetId={datasetId} />
    </section>
  );
}
