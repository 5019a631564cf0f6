'use client';

import { useEffect, useState } from 'react';
import { useClient, type OperationResult } from 'urql';
import type { SimilarImagesToUploadQuery } from '../../gql/graphql';
import { formatBytes } from '../../lib/format';
import { splitFilter, type SearchState } from '../../lib/search-state';
import { tookMsOf } from '../../lib/timing-exchange';
import { uploadOf } from '../../lib/uploads';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Neighbours } from './neighbours';
import { ProvenanceLine } from './provenance-line';
import { QueryCard } from './query-card';
import { SimilarImagesToUploadDocument } from './search-documents';

/**
 * The images most like a picture file. Asked once a mount (a change of the question is a new mount):
 * urql cannot tell two files apart, so nothing of it may come from its cache.
 */
export function UploadSearch({
  datasetId,
  uploadKey,
  state,
}: {
  datasetId: string;
  uploadKey: string;
  state: SearchState;
}) {
  const client = useClient();
  const upload = uploadOf(uploadKey);
  const [result, setResult] = useState<OperationResult<SimilarImagesToUploadQuery> | null>(null);
  const { k, split, modelId } = state;
  useEffect(() => {
    if (!upload) return;
    const variables = { datasetId, file: upload.file, k, split: splitFilter(split), modelId };
    const answer = client.query(SimilarImagesToUploadDocument, variables, {
      requestPolicy: 'network-only',
    });
    const { unsubscribe } = answer.subscribe(setResult);
    return unsubscribe;
  }, [client, datasetId, upload, k, split, modelId]);

  if (!upload) {
    return (
      <EmptyState title="That picture is no longer here">
        <p>A picture of your own is kept in the tab it was chosen in. Choose it again.</p>
      </EmptyState>
    );
  }
  const answer = result?.data?.similarImagesToUpload;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[15rem_minmax(0,1fr)]">
      <QueryCard url={upload.url} alt="Your picture" title={upload.file.name || 'Pasted picture'}>
        <p className="text-muted">Your picture · {formatBytes(upload.file.size)}</p>
        {answer && <ProvenanceLine answer={answer} tookMs={tookMsOf(result.extensions)} />}
      </QueryCard>
      {result?.error ? (
        <ErrorNote error={result.error} />
      ) : answer ? (
        <Neighbours
          neighbours={answer.neighbours}
          label={null}
          state={state}
          asked={k}
          from="your picture"
          stale={false}
        />
      ) : (
        <Loading what="the neighbours" className="min-h-96" />
      )}
    </div>
  );
}
