import Link from 'next/link';
import type { ActivationCause } from '../../gql/graphql';
import { formatDateTime } from '../../lib/format';
import { Section } from '../elements/section';
import type { ListedActivation } from './models-page';

const CAUSE_WORDS: Record<ActivationCause, string> = {
  RUN: 'by its run',
  BUNDLE: 'with a bundle',
  HAND: 'by hand',
  ROLL_BACK: 'rolled back to',
};

/** Which models have answered the searches, newest first. */
export function ActivationHistory({
  activations,
  presentIds,
}: {
  activations: readonly ListedActivation[];
  /** Models that have not been deleted. */
  presentIds: ReadonlySet<string>;
}) {
  if (activations.length === 0) return null;
  return (
    <Section
      title="Which model was active"
      hint="A run whose model is worse than the active one, beyond chance, leaves it without activating it."
    >
      <ol aria-label="Activations" className="flex flex-col gap-1.5 text-sm">
        {activations.map(({ at, modelId, cause, forced }, place) => (
          <li key={`${at} ${modelId}`} className="flex flex-wrap gap-x-3">
            <time dateTime={at} className="w-40 shrink-0 text-muted">
              {formatDateTime(at)}
            </time>
            <span>
              {presentIds.has(modelId) ? (
                <Link className="link" href={`/models/${modelId}`}>
                  Model {modelId}
                </Link>
              ) : (
                `Model ${modelId} (deleted)`
              )}{' '}
              <span className="text-muted">
                {CAUSE_WORDS[cause]}
                {forced && ', by force'}
                {place === 0 && ', active now'}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
