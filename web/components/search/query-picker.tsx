'use client';

import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { isSame } from '../../lib/examples-tray';
import { formatNumberOf } from '../../lib/format';
import { randomSeed } from '../../lib/random-seed';
import { fromExample, imageRef, searchAddress, type SearchState } from '../../lib/search-state';
import { PICTURE_FORMATS } from '../../lib/uploads';
import { pushAddress } from '../../lib/url-state';
import { useGridKeys } from '../../lib/use-grid-keys';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import { StateLink } from '../elements/state-link';
import { OwnPicture } from './own-picture';
import { QueryById } from './query-by-id';

const DrawnImagesDocument = graphql(`
  query DrawnImages($datasetId: ID!, $size: Int!, $seed: Int!, $split: Split) {
    dataset(id: $datasetId) {
      id
      sample(size: $size, seed: $seed, filter: { split: $split }) {
        id
        thumbnailUrl(inline: true)
        label
      }
    }
  }
`);

/** Two rows on the widest page: all of them are part of what a first visit waits for. */
const MANY = 36;
/** With fewer held out than this, there is more to pick from among all of them. */
const FEW = 12;
const places = Array.from({ length: MANY }, (_, place) => place);

/** Images drawn at random (held out ones, if there are enough), one by its id, or a picture of one's own. */
export function QueryPicker({
  datasetId,
  state,
  roomy,
}: {
  datasetId: string;
  state: SearchState;
  roomy: boolean;
}) {
  const drawn = { datasetId, size: MANY, seed: state.seed };
  const [test, askTest] = useQuery({
    query: DrawnImagesDocument,
    variables: { ...drawn, split: 'TEST' },
  });
  const fromTest = !test.data || test.data.dataset.sample.length >= FEW;
  const [any, askAny] = useQuery({
    query: DrawnImagesDocument,
    variables: { ...drawn, split: null },
    pause: fromTest,
  });
  const [{ data, error, fetching }, ask] = fromTest ? [test, askTest] : [any, askAny];
  const images = data?.dataset.sample ?? [];
  const grid = useGridKeys(images.length);
  return (
    <Section
      title="Pick a query image"
      hint={
        roomy
          ? `${formatNumberOf(data ? images.length : MANY, 'image')} drawn ${fromTest ? 'from the TEST split, which no model learns from' : 'from all of them'}. Or choose, drop or paste a picture of your own (${PICTURE_FORMATS}; up to 100 MB).`
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
          This dataset has no images yet: search from a picture of your own once it has.
        </p>
      )}
      <ul
        {...grid.container}
        aria-label={fromTest ? 'Test images' : 'Images'}
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
        {images.map(({ id, thumbnailUrl, label }, place) => (
          <li key={id} className="shrink-0">
            <StateLink
              href={searchAddress(fromExample(state, imageRef(id)))}
              {...grid.item(place)}
              aria-current={isSame(state.query, imageRef(id))}
              title={`Image ${id}${label ? `, ${label}` : ''}`}
              className="block rounded-md outline-offset-1 hover:outline-2 hover:outline-accent aria-[current=true]:outline-2 aria-[current=true]:outline-accent"
            >
              <Picture
                url={thumbnailUrl}
                alt={`Image ${id}${label ? `, ${label}` : ''}`}
                size={56}
                eager={roomy}
                className={roomy ? 'aspect-square h-auto w-full' : 'size-14'}
              />
            </StateLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
