'use client';

import { formatCount, formatPercent } from '../../lib/format';
import { ProblemNote } from '../elements/error-note';
import { ProgressBar } from '../elements/progress-bar';
import type { OverviewDataset } from '../shell/overview';
import { ImportButton } from './import-button';

/** How far an import is, or why it stopped. Nothing once all images are there. */
export function ImportProgress({ dataset }: { dataset: OverviewDataset }) {
  if (dataset.status === 'READY') return null;
  if (dataset.status === 'FAILED') {
    return (
      <div className="card mb-5 flex flex-col items-start gap-3">
        <ProblemNote
          code="IMPORT_FAILED"
          message={dataset.importError ?? 'The import stopped. Import again to go on.'}
        />
        <ImportButton>Go on with the import</ImportButton>
      </div>
    );
  }
  const { importedCount, expectedCount } = dataset;
  const share = expectedCount > 0 ? importedCount / expectedCount : 0;
  return (
    <section aria-label="Import" className="card mb-5">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <h2 className="font-semibold">Importing {dataset.title}</h2>
        <p className="text-muted">
          {formatCount(importedCount)}
          {expectedCount > 0 && ` of ${formatCount(expectedCount)}`} images · {formatPercent(share)}
        </p>
      </div>
      <ProgressBar value={share} label={`Import of ${dataset.title}`} />
      <p className="sr-only" role="status">
        {/* Announced every tenth, not every image. */}
        {formatPercent(Math.floor(share * 10) / 10)} imported
      </p>
    </section>
  );
}
