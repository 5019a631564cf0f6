'use client';

import Link from 'next/link';
import { formatCount, formatNumberOf, formatPercent } from '../../lib/format';
import { ProblemNote } from '../elements/error-note';
import { ProgressBar } from '../elements/progress-bar';
import type { OverviewDataset } from '../shell/overview';
import { ImportButton } from './import-button';

/** The only dataset that the server fetches itself. */
const FASHION_MNIST = 'fashion-mnist';

/** How far an import is, or why it stopped. Nothing once all images are there. */
export function ImportProgress({ dataset }: { dataset: OverviewDataset }) {
  if (dataset.status === 'READY') return null;
  if (dataset.status === 'DELETING') {
    return (
      <p role="status" className="card mb-5 text-sm">
        {dataset.title} is being deleted, with its images, runs and models:{' '}
        {formatNumberOf(dataset.importedCount, 'image')} left.
      </p>
    );
  }
  if (dataset.status === 'FAILED') {
    return (
      <div className="card mb-5 flex flex-col items-start gap-3">
        <ProblemNote
          code="IMPORT_FAILED"
          message={dataset.importError ?? 'The import stopped. Import again to go on.'}
        />
        {dataset.name === FASHION_MNIST ? (
          <ImportButton>Go on with the import</ImportButton>
        ) : (
          <p className="text-sm text-muted">
            Delete this dataset in{' '}
            <Link className="link" href="/datasets">
              the list of datasets
            </Link>
            , then import the bundle again.
          </p>
        )}
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
