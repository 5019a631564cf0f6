'use client';

import { useQuery } from 'urql';
import type { SearchQueryInput } from '../../gql/graphql';
import { oddnessWords } from '../../lib/percentile-words';
import { FamiliarityDocument } from './search-documents';

/** Says so where a picture of the query is unlike anything the model was trained on. */
export function FamiliarityNote({
  datasetId,
  queries,
  modelId,
}: {
  datasetId: string;
  queries: SearchQueryInput[];
  modelId: string | null;
}) {
  const [{ data, error }] = useQuery({
    query: FamiliarityDocument,
    variables: { datasetId, queries, modelId },
    requestPolicy: 'cache-first',
  });
  // Beside the answer: where it cannot be had, nothing is said.
  const pictures = error ? [] : (data?.search[0]?.familiarity ?? []);
  const unusual = pictures.filter((picture) => picture.unusual);
  const [first] = unusual;
  if (!first) return null;
  const words = oddnessWords(first.percentile);
  const which =
    pictures.length === 1
      ? 'This picture is'
      : unusual.length === 1
        ? `One of the ${pictures.length} examples is`
        : `${unusual.length} of the ${pictures.length} examples are`;
  return (
    <p
      role="status"
      className="rounded-md border border-warning bg-warning-soft px-3 py-2 text-sm"
      title={`Mean squared error of the reconstruction: ${first.reconstructionError.toFixed(4)}`}
    >
      <span className="font-medium">
        {which} unlike anything the model was trained on; neighbours mean little.
      </span>
      {words && ` It is ${words}.`}
    </p>
  );
}
