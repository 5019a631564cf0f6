'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useQuery } from 'urql';
import type { WorstQueriesQuery } from '../../gql/graphql';
import { graphql } from '../../lib/graphql';
import { formatScore } from '../../lib/format';
import { addressWith } from '../../lib/url-state';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import type { ShownModel } from './model-page';

const WorstQueriesDocument = graphql(`
  query WorstQueries($modelId: ID!) {
    model(id: $modelId) {
      id
      evaluation {
        details {
          worstQueries {
            label
            precisionAt10
            image {
              id
              thumbnailUrl
            }
            neighbours {
              label
              sharesLabel
              image {
                id
                thumbnailUrl
              }
            }
          }
        }
      }
    }
  }
`);

type Details = NonNullable<WorstQueriesQuery['model']['evaluation']['details']>;
type WorstQuery = Details['worstQueries'][number];
type Neighbour = WorstQuery['neighbours'][number];

/** Shown before somebody asks for all. */
const AT_FIRST = 6;

/** The TEST images whose neighbours are worst, each with what it finds instead. */
export function WorstQueries({ model }: { model: ShownModel }) {
  const [all, setAll] = useState(false);
  const [{ data, error }, ask] = useQuery({
    query: WorstQueriesDocument,
    variables: { modelId: model.id },
  });
  const queries = data?.model.evaluation.details?.worstQueries ?? [];
  const hidden = queries.length - AT_FIRST;
  const searchFrom = (image: string) =>
    addressWith('/search', '', {
      image,
      dataset: model.dataset.id,
      model: model.active ? null : model.id,
    });
  return (
    <Section
      title="Worst queries"
      hint="TEST images with the fewest neighbours of their label, and their 10 nearest TRAIN images: ✓ bears the label, ≠ another. Each picture leads to a search from it."
      actions={
        hidden > 0 && (
          <Button aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show ${hidden} more`}
          </Button>
        )
      }
    >
      {error && <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Loading what="the worst queries" className="min-h-80" />}
      {data && queries.length === 0 && (
        <p className="text-sm text-muted">
          There are none to show: every query found its label alone, or the model came in a bundle,
          which leaves them out, or their images were deleted.
        </p>
      )}
      <ul aria-label="Worst queries" className="grid gap-4 lg:grid-cols-2">
        {queries.slice(0, all ? queries.length : AT_FIRST).map((query) => (
          <QueryWithNeighbours key={query.image.id} query={query} searchFrom={searchFrom} />
        ))}
      </ul>
    </Section>
  );
}

function QueryWithNeighbours({
  query: { image, label, precisionAt10, neighbours },
  searchFrom,
}: {
  query: WorstQuery;
  searchFrom: (imageId: string) => string;
}) {
  return (
    <li data-testid="worst-query" className="flex min-w-0 gap-3">
      <div className="w-18 shrink-0 text-xs sm:w-24">
        <Link href={searchFrom(image.id)} prefetch={false} className="block rounded-md">
          <Picture
            url={image.thumbnailUrl}
            alt={`Query ${image.id}, ${label}`}
            size={96}
            className="aspect-square h-auto w-full"
          />
        </Link>
        <p className="mt-1 truncate font-medium" title={label}>
          {label}
        </p>
        <p className="text-muted">P@10 {formatScore(precisionAt10)}</p>
      </div>
      <ol
        aria-label={`Neighbours of image ${image.id}`}
        className="grid min-w-0 flex-1 grid-cols-5 gap-1.5 self-start"
      >
        {neighbours.map((neighbour) => (
          <FoundInstead
            key={neighbour.image.id}
            neighbour={neighbour}
            href={searchFrom(neighbour.image.id)}
          />
        ))}
      </ol>
    </li>
  );
}

function FoundInstead({ neighbour, href }: { neighbour: Neighbour; href: string }) {
  const { image, sharesLabel } = neighbour;
  const label = neighbour.label ?? 'no label';
  const words = `Image ${image.id}, ${label}, ${sharesLabel ? 'the same label' : 'another label'}`;
  return (
    <li className="min-w-0 text-xs">
      <Link href={href} prefetch={false} title={words} className="relative block rounded-md">
        <Picture
          url={image.thumbnailUrl}
          alt={words}
          size={64}
          className={`aspect-square h-auto w-full ${sharesLabel ? '' : 'outline-2 -outline-offset-2 outline-warning'}`}
        />
        <span
          aria-hidden
          className={`absolute top-0.5 left-0.5 rounded bg-card px-1 font-semibold ${sharesLabel ? 'text-accent' : 'text-warning'}`}
        >
          {sharesLabel ? '✓' : '≠'}
        </span>
      </Link>
      <span aria-hidden className="block truncate text-muted" title={label}>
        {label}
      </span>
    </li>
  );
}
