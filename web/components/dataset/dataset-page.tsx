'use client';

import { formatNumberOf } from '../../lib/format';
import { PageHeader } from '../elements/page-header';
import { WithDataset } from '../shell/with-dataset';
import { ImageBrowser } from './image-browser';
import { ImportProgress } from './import-progress';
import { LabelCounts } from './label-counts';
import { RandomGrid } from './random-grid';

/** What is in a dataset: its labels, some of its pictures, all of its pictures. */
export function DatasetPage() {
  return (
    <WithDataset title="Dataset">
      {(dataset) => (
        <div key={dataset.id}>
          <PageHeader title={dataset.title}>
            <code>{dataset.name}</code> · {formatNumberOf(dataset.importedCount, 'image')}
          </PageHeader>
          <ImportProgress dataset={dataset} />
          <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_27rem]">
            <LabelCounts datasetId={dataset.id} importing={dataset.status === 'IMPORTING'} />
            <RandomGrid datasetId={dataset.id} />
          </div>
          <div className="mt-5">
            <ImageBrowser datasetId={dataset.id} />
          </div>
        </div>
      )}
    </WithDataset>
  );
}
