'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import Link from 'next/link';
import { memo, type SubmitEvent } from 'react';
import { useQuery } from 'urql';
import type { RandomImagesQuery } from '../../gql/graphql';
import { graphql } from '../../lib/graphql';
import { randomSeed } from '../../lib/random-seed';
import { addressWith, pushAddress } from '../../lib/url-state';
import { useDraft } from '../../lib/use-draft';
import { useGridKeys } from '../../lib/use-grid-keys';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';

const RandomImagesDocument = graphql(`
  query RandomImages($datasetId: ID!, $seed: Int!) {
    dataset(id: $datasetId) {
      id
      sample(size: 25, seed: $seed) {
        id
        thumbnailUrl(inline: true)
        label
      }
    }
  }
`);

const PLACES = Array.from({ length: 25 }, (_, place) => place);
const SEED_MAX = 2_147_483_647;

/** Five by five images drawn at random; the same seed draws the same ones. */
export function RandomGrid({ datasetId }: { datasetId: string }) {
  const path = usePathname();
  const params = useSearchParams();
  const seed = Number(params.get('seed')) || 1;
  const [{ data, error, fetching }, ask] = useQuery({
    query: RandomImagesDocument,
    variables: { datasetId, seed },
  });
  const images = data?.dataset.sample ?? [];
  const grid = useGridKeys(images.length);
  const draw = (next: number) => pushAddress(addressWith(path, params, { seed: next }));
  return (
    <Section
      title="Random images"
      actions={
        <>
          <SeedField seed={seed} onDraw={draw} />
          <Button onClick={() => draw(randomSeed())}>Draw again</Button>
        </>
      }
    >
      {error && <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      <ul
        {...grid.container}
        aria-label={`Images drawn with seed ${seed}`}
        aria-busy={fetching}
        className="grid grid-cols-5 gap-x-2 gap-y-2.5"
      >
        {!data &&
          PLACES.map((place) => (
            <li key={place}>
              <span className="block aspect-square rounded-md bg-sunken" />
              <span className="block h-4" />
            </li>
          ))}
        {images.map(({ id, thumbnailUrl, label }, place) => (
          <DrawnImage
            key={id}
            id={id}
            thumbnailUrl={thumbnailUrl}
            label={label}
            place={place}
            tabIndex={grid.item(place).tabIndex}
          />
        ))}
      </ul>
      {data && images.length === 0 && <p className="text-sm text-muted">No images yet.</p>}
    </Section>
  );
}

type Drawn = RandomImagesQuery['dataset']['sample'][number];

/** Drawn anew only when something of it changes: the address, which pages are turned with, does not. */
const DrawnImage = memo(function DrawnImage({
  id,
  thumbnailUrl,
  label,
  place,
  tabIndex,
}: Drawn & {
  /** In the grid. */
  place: number;
  tabIndex: number;
}) {
  return (
    <li className="min-w-0 text-center text-xs">
      <Link
        data-grid-item={place}
        tabIndex={tabIndex}
        href={`/dataset/images/${id}`}
        prefetch={false}
        className="block rounded-md"
      >
        <Picture
          url={thumbnailUrl}
          alt={`Image ${id}`}
          size={72}
          className="aspect-square h-auto w-full"
        />
        <span className="mt-0.5 block truncate text-muted" title={label ?? undefined}>
          {label ?? '–'}
        </span>
      </Link>
    </li>
  );
});

function SeedField({ seed, onDraw }: { seed: number; onDraw: (seed: number) => void }) {
  const draft = useDraft(String(seed));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = Number(draft.text);
    if (Number.isInteger(typed) && typed >= 1 && typed <= SEED_MAX) onDraw(typed);
    draft.drop();
  };
  return (
    <form onSubmit={submit} className="flex">
      <label className="flex items-center gap-2 text-sm">
        Seed
        <input
          type="number"
          min={1}
          max={SEED_MAX}
          className="field w-24"
          value={draft.text}
          onChange={({ target }) => draft.type(target.value)}
          onBlur={draft.drop}
        />
      </label>
    </form>
  );
}
