'use client';

import { useState } from 'react';
import { CombinedError, useClient } from 'urql';
import {
  acceptInSteps,
  allPages,
  LABELS_AT_A_TIME,
  type Accepted,
  type ImageLabel,
} from '../../lib/accept-labels';
import { AcceptLabelsDocument, SuggestedLabelsDocument } from './label-documents';

export interface AcceptLabels {
  /** How far it is; null while nothing is written. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** What was written last, for taking it back. */
  readonly last: Accepted | null;
  readonly error: CombinedError | null;
  readonly accept: (labels: readonly ImageLabel[]) => Promise<void>;
  readonly acceptAll: (minConfidence: number) => Promise<void>;
  readonly undo: () => Promise<void>;
}

/** Writes labels in steps, with progress, and can take the last of it back. */
export function useAcceptLabels(
  datasetId: string,
  suspected: boolean,
  onDone: () => void,
): AcceptLabels {
  const client = useClient();
  const [progress, setProgress] = useState<AcceptLabels['progress']>(null);
  const [last, setLast] = useState<Accepted | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);

  const page = async (minConfidence: number, offset: number): Promise<ImageLabel[]> => {
    const variables = { datasetId, suspected, minConfidence, offset, first: LABELS_AT_A_TIME };
    const { data, error: refusal } = await client
      .query(SuggestedLabelsDocument, variables, { requestPolicy: 'network-only' })
      .toPromise();
    if (refusal) throw refusal;
    const found = data?.suspected ?? data?.suggested;
    return (found?.suggestions ?? []).map(({ image, suggestedLabel }) => ({
      imageId: image.id,
      label: suggestedLabel,
    }));
  };
  const write = async (some: readonly ImageLabel[]): Promise<Accepted> => {
    const { data, error: refusal } = await client
      .mutation(AcceptLabelsDocument, { labels: [...some] })
      .toPromise();
    if (refusal || !data) throw refusal ?? new Error('No answer came.');
    return data.acceptLabels;
  };
  const fail = (thrown: unknown) => {
    const networkError = thrown instanceof Error ? thrown : new Error(String(thrown));
    setError(thrown instanceof CombinedError ? thrown : new CombinedError({ networkError }));
  };
  const run = async (labels: () => Promise<readonly ImageLabel[]>, isUndo: boolean) => {
    setError(null);
    setProgress({ done: 0, total: 0 });
    try {
      const all = await labels();
      const accepted = await acceptInSteps(all, write, (done) =>
        setProgress({ done, total: all.length }),
      );
      if (!isUndo) setLast(accepted);
      // One that was cut off can be tried again.
      else if (accepted.failure === null) setLast(null);
      if (accepted.failure !== null) fail(accepted.failure);
    } catch (thrown) {
      fail(thrown);
    } finally {
      setProgress(null);
      onDone();
    }
  };
  return {
    ...{ progress, last, error },
    accept: (labels) => run(() => Promise.resolve(labels), false),
    acceptAll: (minConfidence) => run(() => allPages((at) => page(minConfidence, at)), false),
    undo: () => run(() => Promise.resolve(last?.previous ?? []), true),
  };
}
