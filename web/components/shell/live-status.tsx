'use client';

import Link from 'next/link';
import { formatPercent } from '../../lib/format';
import { runSummary } from '../../lib/run-words';
import { useOverview } from './overview';

/** What is going on right now, on every page: an import or a run. */
export function LiveStatus() {
  const { dataset, goingRun } = useOverview();
  if (dataset?.status === 'IMPORTING') {
    const share = dataset.expectedCount > 0 ? dataset.importedCount / dataset.expectedCount : 0;
    return <Live href="/" text={`Importing · ${formatPercent(share)}`} />;
  }
  if (!goingRun) return null;
  return <Live href={`/runs/${goingRun.id}`} text={runSummary(goingRun)} />;
}

function Live({ href, text }: { href: string; text: string }) {
  return (
    <Link
      href={href}
      className="flex max-w-full min-w-0 items-center gap-2 rounded-full bg-accent-soft px-2.5 py-1 text-xs font-medium text-accent hover:underline"
    >
      <span aria-hidden className="size-2 shrink-0 animate-pulse rounded-full bg-accent" />
      <span className="truncate">{text}</span>
    </Link>
  );
}
