'use client';

import { useState } from 'react';
import { useQuery } from 'urql';
import type { EpochNeighboursQuery } from '../../gql/graphql';
import { graphql } from '../../lib/graphql';
import type { RunEpoch } from '../../lib/run-documents';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import { EpochSlider } from './epoch-slider';

const EpochNeighboursDocument = graphql(`
  query EpochNeighbours($runId: ID!, $epoch: Int!, $before: Int!) {
    trainingRun(id: $runId) {
      id
      epoch(number: $epoch) {
        epoch
        neighbours {
          image {
            id
            label
            thumbnailUrl
          }
          neighbours {
            id
            label
            thumbnailUrl
          }
        }
      }
      before: epoch(number: $before) {
        epoch
        neighbours {
          imageId
          neighbours {
            id
          }
        }
      }
    }
  }
`);

type Shown = NonNullable<EpochNeighboursQuery['trainingRun']['epoch']>;
type Probe = Shown['neighbours'][number];
type Found = Probe['image'];

/** What lies nearest to ten images after each epoch: how the neighbours change as it learns. */
export function ProbeNeighbours({
  runId,
  epochs,
  going,
}: {
  runId: string;
  epochs: readonly RunEpoch[];
  going: boolean;
}) {
  const validated = epochs.flatMap(({ epoch, validation }) => (validation ? [epoch] : []));
  const newest = validated.at(-1) ?? null;
  // Null follows the newest epoch.
  const [chosen, setChosen] = useState<number | null>(null);
  const epoch = chosen ?? newest;
  return (
    <Section
      title="Neighbours"
      hint="Ten TRAIN images, one of each label if there are labels, and what lies nearest to them in a sample: ✓ bears the same label, ≠ another. A ring marks what is new since the epoch before."
      actions={
        going && chosen !== null ? (
          <Button onClick={() => setChosen(null)}>Follow the newest</Button>
        ) : null
      }
    >
      {epoch === null ? (
        <p className="text-sm text-muted">
          {going ? 'They appear with the first epoch.' : 'No epoch of this run left any.'}
        </p>
      ) : (
        <>
          <NeighboursOf runId={runId} epoch={epoch} />
          <EpochSlider
            label="Epoch of the neighbours"
            epochs={validated}
            shown={epoch}
            onChoose={setChosen}
          />
        </>
      )}
    </Section>
  );
}

/** Those of the epoch before stay until these have come. */
function NeighboursOf({ runId, epoch }: { runId: string; epoch: number }) {
  const [{ data, error }, ask] = useQuery({
    query: EpochNeighboursDocument,
    variables: { runId, epoch, before: Math.max(1, epoch - 1) },
    // What an epoch left does not change.
    requestPolicy: 'cache-first',
  });
  if (error) {
    return <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  const shown = data?.trainingRun.epoch;
  if (!data || !shown) return <Loading what="the neighbours" className="min-h-96" />;
  if (shown.neighbours.length === 0) {
    return (
      <p className="text-sm text-muted">
        There are none to show: the run came in a bundle, which leaves them out, or their images
        were deleted.
      </p>
    );
  }
  const before = new Map(
    data.trainingRun.before?.neighbours.map(({ imageId, neighbours }) => [
      imageId,
      new Set(neighbours.map(({ id }) => id)),
    ]),
  );
  return (
    <ul
      aria-label={`Probe images and their neighbours after epoch ${shown.epoch}`}
      className="grid gap-x-6 gap-y-3 lg:grid-cols-2"
    >
      {shown.neighbours.map((probe) => (
        <ProbeRow
          key={probe.image.id}
          probe={probe}
          epoch={shown.epoch}
          before={before.get(probe.image.id)}
        />
      ))}
    </ul>
  );
}

function ProbeRow({
  probe: { image, neighbours },
  epoch,
  before,
}: {
  probe: Probe;
  epoch: number;
  before: ReadonlySet<string> | undefined;
}) {
  const label = image.label ?? 'no label';
  return (
    <li data-testid="probe-row" className="flex min-w-0 items-center gap-2">
      <div className="w-16 shrink-0 text-xs">
        <Picture
          url={image.thumbnailUrl}
          alt={`Probe image ${image.id}, ${label}`}
          size={64}
          eager
          className="aspect-square h-auto w-full"
        />
        <p aria-hidden className="mt-0.5 truncate" title={label}>
          {label}
        </p>
      </div>
      <ol
        aria-label={`Nearest to image ${image.id} after epoch ${epoch}`}
        className="grid min-w-0 flex-1 grid-cols-4 gap-1 sm:grid-cols-8"
      >
        {neighbours.map((neighbour) => (
          <Neighbour
            key={neighbour.id}
            neighbour={neighbour}
            label={image.label ?? null}
            isNew={before !== undefined && !before.has(neighbour.id)}
          />
        ))}
      </ol>
    </li>
  );
}

function Neighbour({
  neighbour,
  label,
  isNew,
}: {
  neighbour: Found;
  /** Of the probe image. */
  label: string | null;
  isNew: boolean;
}) {
  const shares = label === null || !neighbour.label ? null : neighbour.label === label;
  const relation = shares === null ? '' : shares ? ', the same label' : ', another label';
  const words = `Image ${neighbour.id}, ${neighbour.label ?? 'no label'}${relation}${isNew ? ', new' : ''}`;
  return (
    <li title={words} className="relative min-w-0">
      <Picture
        url={neighbour.thumbnailUrl}
        alt={words}
        size={48}
        eager
        className={`aspect-square h-auto w-full ${shares === false ? 'outline-2 -outline-offset-2 outline-warning' : ''} ${
          isNew ? 'ring-2 ring-accent' : ''
        }`}
      />
      {shares !== null && (
        <span
          aria-hidden
          className={`absolute top-0.5 left-0.5 rounded bg-card px-0.5 text-xs font-semibold ${shares ? 'text-accent' : 'text-warning'}`}
        >
          {shares ? '✓' : '≠'}
        </span>
      )}
    </li>
  );
}
