'use client';

import Link from 'next/link';
import { useQuery } from 'urql';
import { KeepsLabelsDocument } from './label-documents';

/** Says why a model that keeps the labels it learned by suspects none of them. */
export function TakenAtWord({ datasetId, modelId }: { datasetId: string; modelId: string }) {
  const [{ data }] = useQuery({ query: KeepsLabelsDocument, variables: { id: modelId } });
  if (!data?.model.keepsLabels) return null;
  return (
    <p className="card text-sm text-muted">
      The active model takes the labels of TRAIN images at their word, so only TEST images are
      looked through here. To look through all,{' '}
      <Link className="link" href={`/runs/new?dataset=${datasetId}`}>
        train a model
      </Link>{' '}
      with a label weight of 0, or of an architecture that needs no labels.
    </p>
  );
}
