'use client';

import { useRouter } from 'next/navigation';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { ImportProgress } from '../dataset/import-progress';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import { useOverview, type OverviewDataset } from './overview';
import { WithDataset } from './with-dataset';

/** Goes where something is to be seen: the import, then the first run, then the search. */
export function StartPage() {
  return <WithDataset title="Lookalike">{(dataset) => <Start dataset={dataset} />}</WithDataset>;
}

function Start({ dataset }: { dataset: OverviewDataset }) {
  const router = useRouter();
  const { goingRun } = useOverview();
  // Between the import and the first run lies a moment: wait for it, if the import was seen here.
  const [awaitsRun] = useState(dataset.status !== 'READY');
  const there = destination(dataset, goingRun?.id ?? null, awaitsRun);
  useEffect(() => {
    if (there) router.replace(there);
  }, [router, there]);
  if (there) return <Loading what="the console" className="min-h-[60vh]" />;
  return (
    <>
      <PageHeader title={dataset.title}>
        {dataset.status === 'READY' ? (
          <>
            All images are there. They can be searched once there is a model: if none is in training
            in a moment,{' '}
            <Link className="link" href="/runs/new">
              train one
            </Link>
            .
          </>
        ) : (
          'First its images are imported; then they need a model.'
        )}
      </PageHeader>
      <ImportProgress dataset={dataset} />
    </>
  );
}

/** Null while the images come in. */
function destination(
  dataset: OverviewDataset,
  goingRunId: string | null,
  awaitsRun: boolean,
): string | null {
  if (dataset.activeModel) return '/search';
  if (goingRunId) return `/runs/${goingRunId}`;
  if (dataset.status !== 'READY') return null;
  if (dataset.importedCount === 0) return '/dataset/import';
  return awaitsRun && dataset.trainingRuns.length === 0 ? null : '/search';
}
