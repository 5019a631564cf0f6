'use client';

import Link from 'next/link';
import { useRef } from 'react';
import { formatCount, formatDateTime, formatLoss, formatScore } from '../../lib/format';
import { fewQueriesWords, type ScoreName } from '../../lib/score-words';
import { Badge } from '../elements/badge';
import { Facts } from '../elements/facts';
import { ScoreTerm } from '../elements/score-term';
import { ActivateButton } from './activate-button';
import type { ListedModel } from './models-page';

/** One model in the list: how good it is at a glance. */
export function ModelCard({
  model,
  activeId,
  onActivated,
}: {
  model: ListedModel;
  /** Id of the active model, if there is one. */
  activeId: string | undefined;
  onActivated: (modelId: string) => void;
}) {
  const link = useRef<HTMLAnchorElement>(null);
  const { evaluation, run } = model;
  const { lastLoss } = run;
  const few = fewQueriesWords(evaluation.queryCount);
  return (
    <li className="card relative flex flex-col gap-3 hover:border-accent">
      <h2 className="flex items-center justify-between gap-2 text-base font-semibold">
        <Link
          ref={link}
          href={`/models/${model.id}`}
          className="after:absolute after:inset-0 after:rounded-lg"
        >
          Model {model.id}
        </Link>
        {model.active && <Badge tone="accent">✓ Active</Badge>}
      </h2>
      <dl className="grid grid-cols-2 gap-3">
        <Score name="P@10" value={evaluation.precisionAt10Index ?? evaluation.precisionAt10Exact} />
        <Score name="Recall@10" value={evaluation.recallAt10} />
      </dl>
      {few && <p className="text-xs text-warning">{few}</p>}
      <Facts
        facts={[
          ['Architecture', model.architecture],
          ['Embedding', `${formatCount(model.latentSize)} numbers`],
          ['Epochs', formatCount(run.epochsDone)],
          ['Final loss', lastLoss === null ? '–' : formatLoss(lastLoss)],
          ['Created', formatDateTime(model.createdAt)],
        ]}
      />
      {!model.active && (
        // Above the link that the whole card is.
        <div className="relative z-10 mt-auto flex flex-wrap gap-x-3 gap-y-2 self-start">
          <ActivateButton
            modelId={model.id}
            look="plain"
            onActivated={() => {
              onActivated(model.id);
              // The button that had the focus is gone.
              link.current?.focus();
            }}
          />
          {activeId && (
            <Link
              className="link self-center text-sm"
              aria-label={`Compare model ${model.id} with the active one`}
              href={`/models/compare?a=${activeId}&b=${model.id}`}
            >
              Compare with the active one
            </Link>
          )}
        </div>
      )}
    </li>
  );
}

function Score({ name, value }: { name: ScoreName; value: number | null | undefined }) {
  return (
    <div className="flex flex-col-reverse rounded-md bg-sunken px-3 py-2">
      <dt className="text-xs text-muted">
        <ScoreTerm name={name} />
      </dt>
      <dd className="text-xl font-semibold">{formatScore(value)}</dd>
    </div>
  );
}
