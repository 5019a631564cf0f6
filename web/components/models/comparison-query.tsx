'use client';

import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { modelComparisonAddress, type ModelComparisonState } from '../../lib/model-comparison';
import { randomSeed } from '../../lib/random-seed';
import {
  keepUpload,
  picturesAmong,
  PICTURE_FORMATS,
  PICTURE_TYPES,
  uploadOf,
} from '../../lib/uploads';
import { pushAddress, replaceAddress } from '../../lib/url-state';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import { ComparableImagesDocument } from './comparison-documents';
import { ComparisonResult } from './comparison-result';

/** With fewer held out than this, there is more to pick from among all of them. */
const FEW = 12;

/** The picture that both models are asked about: drawn ones, which arrow keys go through, or one's own. */
export function ComparisonQuery({
  datasetId,
  state,
}: {
  datasetId: string;
  state: ModelComparisonState & { readonly a: string; readonly b: string };
}) {
  const [{ data, error }, ask] = useQuery({
    query: ComparableImagesDocument,
    variables: { datasetId, seed: state.seed },
    requestPolicy: 'cache-first',
  });
  const file = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState(false);
  const go = (change: Partial<ModelComparisonState>, isStep = false) => {
    const address = modelComparisonAddress({ ...state, ...change });
    if (isStep) replaceAddress(address);
    else pushAddress(address);
  };
  const take = (files: FileList | null) => {
    const [picture] = picturesAmong(files);
    setRefused(!picture && (files?.length ?? 0) > 0);
    if (picture) go({ upload: keepUpload(picture), image: null });
  };
  const { heldOut = [], any = [] } = data?.dataset ?? {};
  const images = heldOut.length >= FEW ? heldOut : any;
  const upload = state.upload === null ? null : uploadOf(state.upload);
  const imageId = upload ? null : (state.image ?? images[0]?.id ?? null);
  return (
    <>
      <Section
        title="Query"
        hint="Pick a picture; the arrow keys go through them."
        actions={
          <>
            <Button
              onClick={() => go({ seed: randomSeed(), image: null, upload: null })}
              title="Draws other pictures and takes the first of them"
            >
              Other pictures
            </Button>
            <Button onClick={() => file.current?.click()} title={PICTURE_FORMATS}>
              Choose a picture …
            </Button>
            <input
              ref={file}
              type="file"
              accept={PICTURE_TYPES}
              aria-label="Picture file"
              tabIndex={-1}
              className="sr-only"
              onChange={({ target }) => {
                take(target.files);
                target.value = '';
              }}
            />
          </>
        }
      >
        {refused && (
          <p role="alert" className="field-problem mb-2">
            That is not a picture. Use a {PICTURE_FORMATS} file.
          </p>
        )}
        {error && (
          <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        )}
        {!data && !error && <Loading what="some pictures" className="min-h-16" />}
        {data && images.length === 0 && (
          <p className="text-sm text-muted">This dataset has no images: choose a picture.</p>
        )}
        <div
          role="radiogroup"
          aria-label="Query image"
          className="flex gap-1.5 overflow-x-auto p-1"
        >
          {images.map(({ id, label, thumbnailUrl }) => (
            <label
              key={id}
              title={`Image ${id}${label ? `, ${label}` : ''}`}
              className="relative shrink-0 cursor-pointer rounded-md outline-offset-1 hover:outline-2 hover:outline-accent has-checked:outline-2 has-checked:outline-accent has-focus-visible:outline-3"
            >
              <input
                type="radio"
                name="query"
                value={id}
                checked={id === imageId}
                onChange={() => go({ image: id, upload: null }, true)}
                className="absolute inset-0 size-full cursor-pointer opacity-0"
              />
              <Picture
                url={thumbnailUrl}
                alt={`Image ${id}${label ? `, ${label}` : ''}`}
                size={56}
                eager
                className="size-14"
              />
            </label>
          ))}
        </div>
      </Section>
      {(upload ?? imageId) && (
        <ComparisonResult
          datasetId={datasetId}
          a={state.a}
          b={state.b}
          example={upload ? { file: upload.file } : { imageId }}
          pictureUrl={upload?.url ?? null}
        />
      )}
    </>
  );
}
