'use client';

import Link from 'next/link';
import { useQuery } from 'urql';
import { LabelWeightDocument } from './label-documents';

/** Says why a model that keeps the labels it learned by suspects few of them. */
export function TakenAtWord({ datasetId, modelId }: { datasetId: string; modelId: string }) {
  const [{ data }] = useQuery({ query: LabelWeightDocument, variables: { id: modelId } });
  const dial = data?.model.hyperparameters.find(({ name }) => name === 'labelWeight');
  if (!dial || dial.value === 0) return null;
  return (
    <p className="card text-sm text-muted">
      The active model takes the labels of the images that it learned from at their word, so that
      hardly any of those is suspected. To look through them,{' '}
      <Link className="link" href={`/runs/new?dataset=${datasetId}`}>
        train a model
      </Link>{' '}
      with a label weight of 0, or of an architecture that needs no labels.
    </p>
  );
}
