'use client';

import Link from 'next/link';
import { formatNumberOf } from '../../lib/format';
import { ButtonLink } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { PageHeader } from '../elements/page-header';
import { useOverview, type OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { DatasetSettings } from './dataset-settings';
import { EmbeddingProgress } from './embedding-progress';
import { ImageBrowser } from './image-browser';
import { ImportProgress } from './import-progress';
import { LabelCounts } from './label-counts';
import { RandomGrid } from './random-grid';

/** What is in a dataset: its labels, some of its pictures, all of its pictures, and what can be done with it. */
export function DatasetPage() {
  return (
    <WithDataset title="Dataset">
      {(dataset) => (
        <div key={dataset.id}>
          <PageHeader
            title={dataset.title}
            actions={
              dataset.status === 'READY' && (
                <ButtonLink href="/dataset/import">Import pictures …</ButtonLink>
              )
            }
          >
            <code>{dataset.name}</code> · {formatNumberOf(dataset.importedCount, 'image')}
          </PageHeader>
          <ImportProgress dataset={dataset} />
          {dataset.status !== 'DELETING' && (
            // What was read while images came in is old when they are all there.
            <Contents key={dataset.status} dataset={dataset} />
          )}
        </div>
      )}
    </WithDataset>
  );
}

function Contents({ dataset }: { dataset: OverviewDataset }) {
  const { id, status, importedCount, activeModel } = dataset;
  if (importedCount === 0 && status === 'READY') {
    return (
      <>
        <EmptyState title="There are no pictures in it yet">
          <p>Bring a folder, a zip or loose files; labels come from folders or from a table.</p>
          <ButtonLink look="primary" href="/dataset/import">
            Import pictures
          </ButtonLink>
        </EmptyState>
        <DatasetSettings dataset={dataset} />
      </>
    );
  }
  return (
    <>
      {activeModel ? <EmbeddingProgress datasetId={id} /> : <TrainingHint dataset={dataset} />}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_27rem]">
        <LabelCounts datasetId={id} importing={status === 'IMPORTING'} />
        <RandomGrid datasetId={id} />
      </div>
      <div className="mt-5 flex flex-col gap-5">
        <ImageBrowser datasetId={id} />
        <DatasetSettings dataset={dataset} />
      </div>
    </>
  );
}

/** Pictures without a model cannot be searched: what to do about it. */
function TrainingHint({ dataset }: { dataset: OverviewDataset }) {
  const { goingRun } = useOverview();
  if (dataset.status !== 'READY') return null;
  return (
    <section
      aria-label="No model yet"
      className="card mb-5 flex flex-wrap items-center justify-between gap-3 text-sm"
    >
      {goingRun ? (
        <p>
          The first model is being trained:{' '}
          <Link className="link" href={`/runs/${goingRun.id}`}>
            run {goingRun.id}
          </Link>
          . Then these pictures can be searched.
        </p>
      ) : (
        <>
          <p>There is no model yet. Once one is trained, these pictures can be searched.</p>
          <ButtonLink look="primary" href="/runs/new">
            Train a model
          </ButtonLink>
        </>
      )}
    </section>
  );
}
