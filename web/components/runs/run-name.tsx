import Link from 'next/link';
import { SERIES_LOOKS } from '../charts/series-looks';
import type { ComparedRun } from './comparison-document';

/** A run by its sign in the charts and its number. */
export function RunName({ run: { id, look } }: { run: Pick<ComparedRun, 'id' | 'look'> }) {
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      <span aria-hidden className={SERIES_LOOKS[look]?.text}>
        {SERIES_LOOKS[look]?.sign}
      </span>
      <Link className="link" href={`/runs/${id}`}>
        Run {id}
      </Link>
    </span>
  );
}
