'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import type { ExampleInput } from '../../gql/graphql';
import { movesOf, sharedCount, SHOWN, SOUGHT } from '../../lib/model-comparison';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import { ComparedNeighboursDocument, type ComparedAnswer } from './comparison-documents';
import { MovedNeighbours } from './moved-neighbours';

/** What both models answer to one picture. */
export function ComparisonResult({
  datasetId,
  a,
  b,
  example,
  pictureUrl,
}: {
  datasetId: string;
  a: string;
  b: string;
  example: ExampleInput;
  /** Of a picture of one's own; null for an image of the dataset. */
  pictureUrl: string | null;
}) {
  const { file, imageId } = example;
  const queries = useMemo(() => [{ positives: [file ? { file } : { imageId }] }], [file, imageId]);
  const [{ data, error, fetching }, ask] = useQuery({
    query: ComparedNeighboursDocument,
    variables: { datasetId, queries, a, b, k: SOUGHT },
    requestPolicy: 'cache-first',
  });
  const [one, other] = [data?.a[0], data?.b[0]];
  if (error)
    return <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!one || !other) return <Loading what="the neighbours" className="min-h-96" />;
  const label = one.query?.label ?? null;
  const shared = sharedCount(movesOf(one.neighbours, other.neighbours));
  const shown = Math.min(SHOWN, Math.max(one.neighbours.length, other.neighbours.length));
  return (
    <Section
      title="Neighbours"
      hint="A line joins the same image under both models. Where one is not among the ten of the other model, its rank there is told."
    >
      <div aria-busy={fetching} className={fetching ? 'opacity-60' : ''}>
        <div className="mb-4 flex flex-wrap items-center gap-4">
          {(pictureUrl ?? one.query) && (
            <Picture
              url={pictureUrl ?? one.query?.url ?? ''}
              alt={one.query ? `Query image ${one.query.id}` : 'Your picture'}
              size={96}
              eager
              className="size-24"
            />
          )}
          <div className="text-sm">
            <p className="font-semibold">
              {one.query ? (
                <>
                  {label ?? 'No label'},{' '}
                  <Link className="link" href={`/dataset/images/${one.query.id}`}>
                    image {one.query.id}
                  </Link>
                </>
              ) : (
                'Your picture'
              )}
            </p>
            <p role="status">
              {shared} of {shown} neighbours shared
              {label !== null &&
                `; with its label ${agreedCount(one, label)} under model ${one.model.id}, ${agreedCount(other, label)} under model ${other.model.id}`}
            </p>
          </div>
        </div>
        <MovedNeighbours one={one} other={other} label={label} />
      </div>
    </Section>
  );
}

function agreedCount({ neighbours }: ComparedAnswer, label: string): number {
  return neighbours.slice(0, SHOWN).filter(({ image }) => image.label === label).length;
}
