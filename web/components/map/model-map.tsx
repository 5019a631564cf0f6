'use client';

import { useEffect, useEffectEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import type { MapKind } from '../../gql/graphql';
import { formatDateTime } from '../../lib/format';
import { useInterval } from '../../lib/use-interval';
import { Button } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote, ProblemNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { DrawnMap } from './drawn-map';
import { EmbeddingMapDocument, StartEmbeddingMapDocument } from './map-documents';
import { MapProgress } from './map-progress';

const REFRESH_MS = 500;

/** One map of a model: how far it is, what was drawn, and the way to have it drawn. */
export function ModelMap({
  datasetId,
  modelId,
  kind,
}: {
  datasetId: string;
  modelId: string;
  kind: MapKind;
}) {
  const [{ data, error }, ask] = useQuery({
    query: EmbeddingMapDocument,
    variables: { modelId, kind },
    requestPolicy: 'network-only',
  });
  const [started, start] = useMutation(StartEmbeddingMapDocument);
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const draw = () => void start({ modelId, kind }).then(refresh);
  const map = data?.model.embeddingMap;
  const going = map?.status === 'QUEUED' || map?.status === 'RUNNING';
  useInterval(refresh, going ? REFRESH_MS : null);

  // Principal components take seconds: whoever comes here has them at once.
  const isUnasked = data !== undefined && map === null && kind === 'PCA';
  const drawUnasked = useEffectEvent(draw);
  useEffect(() => {
    if (isUnasked) drawUnasked();
  }, [isUnasked]);

  if (error && !data) return <ErrorNote error={error} onRetry={refresh} />;
  if (!data || (isUnasked && !started.error))
    return <Loading what="the map" className="min-h-80" />;
  return (
    <div className="flex flex-col gap-4">
      {started.error && <ErrorNote error={started.error} />}
      {map && going && <MapProgress modelId={modelId} map={map} onChange={refresh} />}
      {map?.failure && (
        <ProblemNote code={map.failure.code} message={map.failure.message} onRetry={draw} />
      )}
      {map?.url ? (
        <>
          <DrawnMap key={map.url} url={map.url} datasetId={datasetId} />
          {!going && (
            <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
              Drawn {map.finishedAt && `on ${formatDateTime(map.finishedAt)}`}, with the images and
              labels of then.
              <Button look="quiet" disabled={started.fetching} onClick={draw}>
                Draw it again
              </Button>
            </p>
          )}
        </>
      ) : (
        !going && (
          <EmptyState
            title={
              map?.status === 'CANCELLED' ? 'It was cancelled' : 'Nobody has drawn this map yet'
            }
          >
            <p>
              {kind === 'UMAP'
                ? 'UMAP keeps neighbours together and shows groups better than principal components do. It takes about half a minute for 60,000 images, beside all other work.'
                : 'Principal components take a few seconds.'}
            </p>
            <Button look="primary" disabled={started.fetching} onClick={draw}>
              {started.fetching ? 'Starting …' : 'Draw the map'}
            </Button>
          </EmptyState>
        )
      )}
    </div>
  );
}
