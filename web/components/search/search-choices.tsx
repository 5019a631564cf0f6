'use client';

import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatScore } from '../../lib/format';
import {
  K_MAX,
  K_MIN,
  kOf,
  searchAddress,
  type SearchState,
  type SplitChoice,
} from '../../lib/search-state';
import { pushAddress, replaceAddress } from '../../lib/url-state';
import { useDraft } from '../../lib/use-draft';

const ModelChoicesDocument = graphql(`
  query ModelChoices($datasetId: ID!) {
    models(datasetId: $datasetId) {
      id
      active
      evaluation {
        precisionAt10Index
      }
    }
  }
`);

const SPLITS: readonly { split: SplitChoice; title: string }[] = [
  { split: 'TRAIN', title: 'Train' },
  { split: 'TEST', title: 'Test' },
  { split: 'ALL', title: 'All' },
];

/** How many neighbours, from which split, under which model. */
export function SearchChoices({ datasetId, state }: { datasetId: string; state: SearchState }) {
  const [{ data }] = useQuery({ query: ModelChoicesDocument, variables: { datasetId } });
  const choose = (change: Partial<SearchState>) =>
    pushAddress(searchAddress({ ...state, ...change }));
  const active = data?.models.find((model) => model.active);
  // Deleted meanwhile, or never there: named all the same, so that another one can be chosen.
  const missing = data?.models.some(({ id }) => id === state.modelId) ? null : state.modelId;
  return (
    <div
      role="group"
      aria-label="Search choices"
      className="flex flex-wrap items-end gap-x-4 gap-y-3 text-sm"
    >
      <NeighbourCount state={state} />
      <label>
        <span className="mb-1 block text-muted">Split</span>
        <select
          className="field"
          value={state.split}
          onChange={({ target }) => {
            const found = SPLITS.find(({ split }) => split === target.value);
            if (found) choose({ split: found.split });
          }}
        >
          {SPLITS.map(({ split, title }) => (
            <option key={split} value={split}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="mb-1 block text-muted">Model</span>
        <select
          className="field max-w-full"
          value={state.modelId ?? ''}
          onChange={({ target }) => choose({ modelId: target.value || null })}
        >
          <option value="">Active model{active && ` (model ${active.id})`}</option>
          {missing !== null && (
            <option value={missing}>
              Model {missing}
              {data && ' (not there)'}
            </option>
          )}
          {data?.models.map(({ id, evaluation }) => (
            <option key={id} value={id}>
              Model {id} · P@10 {formatScore(evaluation.precisionAt10Index)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** k is taken over as soon as it is a number that the API takes. */
function NeighbourCount({ state }: { state: SearchState }) {
  const draft = useDraft(String(state.k));
  const wrong = kOf(draft.text) === null;
  const type = (typed: string) => {
    draft.type(typed);
    const k = kOf(typed);
    if (k !== null && k !== state.k) replaceAddress(searchAddress({ ...state, k }));
  };
  return (
    <>
      <label>
        <span className="mb-1 block text-muted">Neighbours (k)</span>
        <input
          className="field w-24"
          type="number"
          min={K_MIN}
          max={K_MAX}
          value={draft.text}
          aria-invalid={wrong}
          aria-describedby={wrong ? 'k-problem' : undefined}
          onChange={({ target }) => type(target.value)}
          onBlur={draft.drop}
        />
      </label>
      {wrong && (
        <p id="k-problem" role="alert" className="field-problem order-last">
          k must be a whole number from {K_MIN} to {K_MAX}.
        </p>
      )}
    </>
  );
}
