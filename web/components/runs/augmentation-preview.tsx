'use client';

import { useState } from 'react';
import { useQuery } from 'urql';
import type {
  AugmentationPreviewQuery,
  AugmentationPreviewQueryVariables,
} from '../../gql/graphql';
import { useSettled } from '../../lib/use-settled';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import type { LaunchedArchitecture } from './architecture-choice';
import { AugmentationPreviewDocument } from './launch-documents';

/** The dials that alter pictures, and the one that decides how. */
const ALTERING: readonly string[] = ['shift', 'mirrored', 'erased', 'seed'];
/** A dial that is being typed is not asked for at every letter. */
const TYPED_MS = 400;

/** Whether an architecture never learns from a picture as it is. */
export function isAugmented({ hyperparameters }: LaunchedArchitecture): boolean {
  return hyperparameters.some(({ name }) => name === 'erased');
}

/** What training would make of ten pictures, drawn anew when a dial is turned. */
export function AugmentationPreview({
  datasetId,
  architecture,
  dials,
  input,
}: {
  datasetId: string;
  architecture: string;
  /** Those that differ from the defaults; null while one of them is wrong. */
  dials: readonly { readonly name: string; readonly value: number }[] | null;
  input: AugmentationPreviewQueryVariables['input'];
}) {
  const hyperparameters = dials?.filter(({ name }) => ALTERING.includes(name)) ?? null;
  // Compared by what it says: the object is another one with every letter that is typed anywhere.
  const asked = useSettled(hyperparameters && JSON.stringify({ hyperparameters, input }), TYPED_MS);
  const [{ data, error, fetching }, ask] = useQuery({
    query: AugmentationPreviewDocument,
    variables: {
      ...{ datasetId, architecture },
      ...(JSON.parse(asked ?? '{"hyperparameters":[]}') as Pick<
        AugmentationPreviewQueryVariables,
        'hyperparameters' | 'input'
      >),
    },
    pause: asked === null,
    requestPolicy: 'cache-first',
  });
  // While others are on their way, those that are shown stay.
  const [known, setKnown] = useState(data);
  if (data && data !== known) setKnown(data);
  const shown = known?.augmentationPreview;
  return (
    <Section
      title="What training makes of your pictures"
      hint="Ten TRAIN pictures, and beside each some copies as the network might be shown them: moved, mirrored, and partly erased, as the dials Shift, Mirrored and Erased say. No epoch shows a picture twice the same."
    >
      {error && <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      {shown ? (
        <Rows shown={shown} fetching={fetching} />
      ) : (
        !error && <Loading what="the pictures" />
      )}
    </Section>
  );
}

function Rows({
  shown,
  fetching,
}: {
  shown: AugmentationPreviewQuery['augmentationPreview'];
  fetching: boolean;
}) {
  return (
    <>
      <ul
        aria-label="Pictures and their altered copies"
        aria-busy={fetching}
        className={`grid gap-x-8 gap-y-3 sm:grid-cols-2 ${fetching ? 'opacity-60' : ''}`}
      >
        {shown.map(({ image, inputUrl, copyUrls }) => {
          const name = `Image ${image.id}${image.label ? `, ${image.label}` : ''}`;
          return (
            <li
              key={image.id}
              data-testid="augmented-image"
              className="grid grid-cols-6 items-center gap-1.5"
            >
              {[
                { url: image.thumbnailUrl, alt: name },
                { url: inputUrl, alt: `${name}, as the network would see it` },
                ...copyUrls.map((url, copy) => ({ url, alt: `${name}, altered copy ${copy + 1}` })),
              ].map(({ url, alt }) => (
                <Picture
                  key={alt}
                  url={url}
                  alt={alt}
                  size={64}
                  className="aspect-square h-auto w-full"
                />
              ))}
            </li>
          );
        })}
      </ul>
      <p role="status" className="mt-3 text-xs text-muted">
        {fetching
          ? 'Drawing anew …'
          : 'Each row: the picture, what the network would see of it, and four altered copies.'}
      </p>
    </>
  );
}
