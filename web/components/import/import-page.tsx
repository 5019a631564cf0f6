'use client';

import Link from 'next/link';
import { formatNumberOf } from '../../lib/format';
import { currentImport } from '../../lib/import-current';
import { useImport } from '../../lib/use-import';
import { useOrigin } from '../../lib/use-origin';
import { ImportProgress } from '../dataset/import-progress';
import { PageHeader } from '../elements/page-header';
import { useOverview, type OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { ImportChooser } from './import-chooser';
import { RunningImport } from './running-import';
import { SessionRefusals } from './session-refusals';
import { StoredRefusals } from './stored-refusals';

/** Brings pictures into the chosen dataset. An import that is under way shows whichever is chosen. */
export function ImportPage() {
  const origin = useOrigin();
  return (
    <WithDataset title="Import">
      {(dataset) => (
        <>
          <PageHeader title={`Import into ${dataset.title}`}>
            {formatNumberOf(dataset.importedCount, 'image')} so far. Pictures go from here to this
            server and nowhere else. For very large folders there is also{' '}
            <code>
              npm run lookalike -- import FOLDER --dataset {dataset.name} --server {origin}
            </code>
            , with a{' '}
            <Link className="link" href="/keys">
              key
            </Link>{' '}
            in <code>LOOKALIKE_KEY</code>.
          </PageHeader>
          <Import dataset={dataset} />
        </>
      )}
    </WithDataset>
  );
}

function Import({ dataset }: { dataset: OverviewDataset }) {
  const { datasets } = useOverview();
  const progress = useImport();
  const session = currentImport();
  if (progress && session) {
    const target = datasets.find(({ id }) => id === progress.dataset.id);
    return (
      <div className="flex flex-col gap-5">
        {progress.dataset.id !== dataset.id && (
          <p role="status" className="rounded-md bg-warning-soft px-3 py-2 text-sm">
            This tab is importing into {progress.dataset.title}, not into {dataset.title}.
          </p>
        )}
        <RunningImport progress={progress} session={session} dataset={target ?? null} />
        <SessionRefusals progress={progress} session={session} />
      </div>
    );
  }
  if (dataset.status !== 'READY') {
    return (
      <>
        <ImportProgress dataset={dataset} />
        <p className="text-sm text-muted">
          Pictures can be added once it is ready. Meanwhile there is{' '}
          <Link className="link" href="/datasets">
            the list of datasets
          </Link>
          .
        </p>
      </>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <ImportChooser key={dataset.id} dataset={dataset} />
      <StoredRefusals datasetId={dataset.id} />
    </div>
  );
}
