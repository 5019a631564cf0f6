import Link from 'next/link';
import { formatCount, formatMilliseconds, formatScore } from '../../lib/format';
import { ScoreTerm } from '../elements/score-term';
import type { Provenance } from './search-documents';

/** What the answer was computed from, and how long it took. */
export function ProvenanceLine({ answer, tookMs }: { answer: Provenance; tookMs: number | null }) {
  const { model, run, indexes } = answer;
  return (
    <dl
      aria-label="Provenance"
      className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs text-muted"
    >
      <dt>Model</dt>
      <dd>
        <Link className="link" href={`/models/${model.id}`}>
          {model.id}
        </Link>
        {model.active ? ' (active)' : ' (not active)'}, run{' '}
        <Link className="link" href={`/runs/${run.id}`}>
          {run.id}
        </Link>
      </dd>
      {indexes.map(({ id, split, size }) => (
        <div key={id} className="contents">
          <dt>Index</dt>
          <dd title={`Index ${id}`}>
            <code>{id.slice(0, 8)}</code>, {split}, {formatCount(size)} images
          </dd>
        </div>
      ))}
      <dt>
        <ScoreTerm name="Recall@10" />
      </dt>
      <dd>{formatScore(model.evaluation.recallAt10)}</dd>
      {tookMs !== null && (
        <>
          <dt>Took</dt>
          <dd>{formatMilliseconds(tookMs)}</dd>
        </>
      )}
    </dl>
  );
}
