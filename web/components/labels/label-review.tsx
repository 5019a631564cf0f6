'use client';

import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useQuery } from 'urql';
import { formatNumberOf, formatPercent } from '../../lib/format';
import { useGridKeys } from '../../lib/use-grid-keys';
import { useSelection } from '../../lib/use-selection';
import { useSettled } from '../../lib/use-settled';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Pager } from '../elements/pager';
import { ProgressBar } from '../elements/progress-bar';
import { AcceptBar } from './accept-bar';
import { LabelSuggestionsDocument, type LabelSuggestion } from './label-documents';
import { SuggestionCard } from './suggestion-card';
import { useAcceptLabels } from './use-accept-labels';
import { useReviewProgress } from './use-review-progress';

const PAGE_SIZE = 24;
/** The slider rests so long before it is asked anew. */
const REST_MS = 250;
const NONE: readonly LabelSuggestion[] = [];

/** Proposed labels, surest first: Space selects one, Enter accepts it, or all that are selected. */
export function LabelReview({ datasetId, suspected }: { datasetId: string; suspected: boolean }) {
  const [wanted, setWanted] = useState(0);
  const [page, setPage] = useState(1);
  const minConfidence = useSettled(wanted, REST_MS);
  const [{ data, error, fetching }, ask] = useQuery({
    query: LabelSuggestionsDocument,
    variables: {
      ...{ datasetId, suspected, minConfidence },
      ...{ first: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
    },
    requestPolicy: 'network-only',
  });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const looked = useReviewProgress(datasetId, fetching, refresh);
  const found = data?.suspected ?? data?.suggested;
  const shown = found?.suggestions ?? NONE;
  const ids = shown.map(({ image }) => image.id);
  const selection = useSelection(ids);
  const grid = useGridKeys(shown.length);
  const writing = useAcceptLabels(datasetId, suspected, () => {
    selection.clear();
    setPage(1);
    refresh();
  });
  const list = useRef<HTMLOListElement>(null);
  const left = useRef<number | null>(null);
  useEffect(() => {
    // The card that was accepted by keyboard is gone: the one in its place goes on.
    if (left.current === null || fetching) return;
    const items = list.current?.querySelectorAll<HTMLElement>('[data-grid-item]') ?? [];
    items[Math.min(left.current, items.length - 1)]?.focus();
    left.current = null;
  }, [data, fetching]);
  const labelsOf = (some: readonly LabelSuggestion[]) =>
    some.map(({ image, suggestedLabel }) => ({ imageId: image.id, label: suggestedLabel }));
  const chosen = shown.filter(({ image }) => selection.ids.has(image.id));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target, ctrlKey, metaKey } = event;
    const place = target instanceof HTMLElement ? target.dataset['gridItem'] : undefined;
    // To a tab of its own: that is the browser's.
    if (ctrlKey || metaKey) return;
    const current = place === undefined ? undefined : shown[Number(place)];
    if (current && event.key === ' ') {
      event.preventDefault();
      selection.select(current.image.id, event.shiftKey);
    } else if (current && event.key === 'Enter' && !writing.progress) {
      event.preventDefault();
      left.current = Number(place);
      void writing.accept(labelsOf(chosen.length > 0 ? chosen : [current]));
    } else grid.container.onKeyDown(event);
  };
  if (error && !found) return <ErrorNote error={error} onRetry={refresh} />;
  if (!found && looked !== null) {
    return (
      <section className="card flex flex-col gap-3 text-sm">
        <p role="status">
          Asking the neighbours of every image. With many images without a label that takes up to a
          minute.
        </p>
        <ProgressBar value={looked} label="Share of the images that were looked at" />
      </section>
    );
  }
  if (!found) return <Loading what="what the neighbours say" className="min-h-80" />;
  const { totalCount } = found;
  return (
    <section
      aria-label={suspected ? 'Suspected label errors' : 'Suggested labels'}
      aria-busy={fetching}
      className="flex flex-col gap-4"
    >
      <AcceptBar
        writing={writing}
        totalCount={totalCount}
        chosenCount={chosen.length}
        minConfidence={wanted}
        settled={wanted === minConfidence && !fetching}
        onMinConfidence={(value) => {
          setWanted(value);
          setPage(1);
        }}
        onSelectPage={() => selection.add(ids)}
        onSelectNone={selection.clear}
        onAccept={() => void writing.accept(labelsOf(chosen))}
        onAcceptAll={() => void writing.acceptAll(minConfidence)}
      />
      {error && <ErrorNote error={error} onRetry={refresh} />}
      {writing.error && <ErrorNote error={writing.error} />}
      {totalCount === 0 ? (
        <EmptyState title={emptyTitle(suspected, minConfidence)}>
          <p>
            {minConfidence > 0
              ? 'A lower threshold may show some.'
              : suspected
                ? 'The neighbours of every labelled image agree with its label, or too few images bear one.'
                : 'Every image bears a label, or none does that others could take it from.'}
          </p>
        </EmptyState>
      ) : (
        <>
          <p role="status" className="text-sm text-muted">
            {formatNumberOf(totalCount, 'image')}, surest first. Space selects, Enter accepts.
            {looked !== null && ` Looking again after what has changed: ${formatPercent(looked)}.`}
          </p>
          <ol
            ref={list}
            onKeyDown={onKeyDown}
            onFocus={grid.container.onFocus}
            aria-label={suspected ? 'Images and what they may be' : 'Images and their labels'}
            className={`grid gap-3 sm:grid-cols-2 xl:grid-cols-3 ${fetching ? 'opacity-60' : ''}`}
          >
            {shown.map((suggestion, place) => (
              <SuggestionCard
                key={suggestion.image.id}
                suggestion={suggestion}
                selected={selection.ids.has(suggestion.image.id)}
                disabled={writing.progress !== null}
                onSelect={(extend) => selection.select(suggestion.image.id, extend)}
                onAccept={() => void writing.accept(labelsOf([suggestion]))}
                gridItem={grid.item(place)}
              />
            ))}
          </ol>
          <Pager
            label="Pages"
            page={page}
            pages={Math.ceil(totalCount / PAGE_SIZE)}
            onGo={(to) => {
              selection.clear();
              setPage(to);
            }}
          />
        </>
      )}
    </section>
  );
}

function emptyTitle(suspected: boolean, minConfidence: number): string {
  const what = suspected ? 'No label is suspected' : 'Nothing to suggest';
  return minConfidence > 0 ? `${what} with so much confidence` : what;
}
