'use client';

import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { formatNumberOf } from '../../lib/format';
import { randomSeed } from '../../lib/random-seed';
import { fromImage, searchAddress, type SearchState } from '../../lib/search-state';
import { pushAddress } from '../../lib/url-state';
import { useGridKeys } from '../../lib/use-grid-keys';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import { StateLink } from '../elements/state-link';
import { OwnPicture } from './own-picture';
import { QueryById } from './query-by-id';

const TestImagesDocument = graphql(`
  query TestImages($datasetId: ID!, $size: Int!, $seed: Int!) {
    dataset(id: $datasetId) {
      id
      sample(size: $size, seed: $seed, filter: { split: TEST }) {
        id
        url
        label
      }
    }
  }
`);

const MANY = 60;
const places = Array.from({ length: MANY }, (_, place) => place);

/** Test images drawn at random, an image by its id, or a picture of one's own. */
export function QueryPicker({
  datasetId,
  state,
  roomy,
}: {
  datasetId: string;
  state: SearchState;
  roomy: boolean;
}) {
  const [{ data, error, fetching }, ask] = useQuery({
    query: TestImagesDocument,
    variables: { datasetId, size: MANY, seed: state.seed },
    requestPolicy: 'cache-first',
  });
  const images = data?.dataset.sample ?? [];
  const grid = useGridKeys(images.length);
  return (
    <Section
      title="Pick a query image"
      hint={
        roomy
          ? `${formatNumberOf(data ? images.length : MANY, 'image')} drawn from the TEST split, which no model learns from. Or choose, drop or paste a picture of your own (JPEG, PNG, WebP; up to 25 MB).`
          : undefined
      }
      actions={
        <>
          <QueryById state={state} />
          <Button onClick={() => pushAddress(searchAddress({ ...state, seed: randomSeed() }))}>
            Reshuffle
          </Button>
          <OwnPicture state={state} />
        </>
      }
    >
      {error && <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      {data && images.length === 0 && (
        <p className="text-sm text-muted">
          This dataset has no TEST images: give an id or a picture.
        </p>
      )}
      <ul
        {...grid.container}
        aria-label="Test images"
        aria-busy={fetching}
        className={`gap-1.5 p-1 ${roomy ? 'grid grid-cols-[repeat(auto-fill,minmax(3.75rem,1fr))]' : 'flex overflow-x-auto'}`}
      >
        {!data &&
          places.map((place) => (
            <li
              key={place}
              className={`aspect-square shrink-0 rounded-md bg-sunken ${roomy ? '' : 'w-14'}`}
            />
          ))}
        {images.map(({ id, url, label }, place) => (
          <li key={id} className="shrink-0">
            <StateLink
              href={searchAddress(fromImage(state, id))}
              {...grid.item(place)}
              aria-current={id === state.imageId}
              title={`Image ${id}${label ? `, ${label}` : ''}`}
              className="block rounded-md outline-offset-1 hover:outline-2 hover:outline-accent aria-[current=true]:outline-2 aria-[current=true]:outline-accent"
            >
              <Picture
                url={url}
                alt={`Image ${id}${label ? `, ${label}` : ''}`}
                size={56}
                eager
                className={roomy ? 'aspect-square h-auto w-full' : ''}
              />
            </StateLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
