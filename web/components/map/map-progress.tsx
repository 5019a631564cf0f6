'use client';

import { useMutation } from 'urql';
import { formatPercent } from '../../lib/format';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { ProgressBar } from '../elements/progress-bar';
import { CancelEmbeddingMapDocument, type EmbeddingMap } from './map-documents';

/** How far the drawing of a map is. */
export function MapProgress({
  modelId,
  map,
  onChange,
}: {
  modelId: string;
  map: EmbeddingMap;
  onChange: () => void;
}) {
  const [{ fetching, error }, cancel] = useMutation(CancelEmbeddingMapDocument);
  const waits = map.status === 'QUEUED';
  return (
    <section aria-label="Progress" className="card flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
        <p>
          <span className="font-semibold">Drawing the map</span>{' '}
          <span className="text-muted">{waits ? 'begins soon' : formatPercent(map.progress)}</span>
        </p>
        <Button
          disabled={fetching}
          onClick={() => {
            void cancel({ modelId, kind: map.kind }).then(onChange);
          }}
        >
          {fetching ? 'Cancelling …' : 'Cancel'}
        </Button>
      </div>
      <ProgressBar value={map.progress} label="Share of the map that is drawn" />
      <p role="status" className="sr-only">
        {/* Announced every tenth. */}
        {formatPercent(Math.floor(map.progress * 10) / 10)} done
      </p>
      {error && <ErrorNote error={error} />}
    </section>
  );
}
