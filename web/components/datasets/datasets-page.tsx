'use client';

import { ButtonLink } from '../elements/button';
import { PageHeader } from '../elements/page-header';
import { PagePending } from '../elements/page-pending';
import { EmptyServer } from '../shell/empty-server';
import { useOverview } from '../shell/overview';
import { DatasetCard } from './dataset-card';

/** All datasets: what is in them, how they stand, and what can be done with them. */
export function DatasetsPage() {
  const { datasets, loaded, error, refresh } = useOverview();
  if (!loaded) {
    return <PagePending title="Datasets" what="the datasets" error={error} onRetry={refresh} />;
  }
  if (datasets.length === 0) return <EmptyServer heading="h1" />;
  return (
    <>
      <PageHeader
        title="Datasets"
        actions={
          <>
            <ButtonLink look="primary" href="/datasets/new">
              New dataset …
            </ButtonLink>
            <ButtonLink href="/datasets/import">Import a bundle …</ButtonLink>
          </>
        }
      >
        A dataset is a set of pictures that are searched together. Each has models of its own.
      </PageHeader>
      <ul aria-label="Datasets" className="grid gap-4 xl:grid-cols-2">
        {datasets.map((dataset) => (
          <DatasetCard key={dataset.id} dataset={dataset} />
        ))}
      </ul>
    </>
  );
}
