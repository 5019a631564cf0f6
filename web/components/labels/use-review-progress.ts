import { useEffect, useEffectEvent, useRef } from 'react';
import { useQuery } from 'urql';
import { useInterval } from '../../lib/use-interval';
import { LabelReviewProgressDocument } from './label-documents';

const REFRESH_MS = 700;

/**
 * How far the look through the images of a dataset is; null where none goes on.
 * @param waiting whether an answer is waited for that may need a look
 * @param onEnd is called when a look has ended that was seen to go on
 */
export function useReviewProgress(
  datasetId: string,
  waiting: boolean,
  onEnd: () => void,
): number | null {
  const [{ data }, ask] = useQuery({
    query: LabelReviewProgressDocument,
    variables: { datasetId },
    requestPolicy: 'network-only',
  });
  const share = data?.labelReviewProgress ?? null;
  const goes = share !== null;
  useInterval(() => ask({ requestPolicy: 'network-only' }), waiting || goes ? REFRESH_MS : null);
  const wasGoing = useRef(goes);
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (wasGoing.current && !goes) end();
    wasGoing.current = goes;
  }, [goes]);
  return share;
}
