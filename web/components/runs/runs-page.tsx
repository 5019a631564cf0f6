'use client';

import { ButtonLink } from '../elements/button';
import { PageHeader } from '../elements/page-header';
import { WithDataset } from '../shell/with-dataset';
import { RunList } from './run-list';

export function RunsPage() {
  return (
    <>
      <PageHeader
        title="Training runs"
        actions={
          <>
            <ButtonLink href="/sweeps">Sweeps</ButtonLink>
            <ButtonLink look="primary" href="/runs/new">
              New training run
            </ButtonLink>
          </>
        }
      >
        Each trains a network on the TRAIN images and, when it succeeds, leaves a model, which
        becomes the active one unless it is worse.
      </PageHeader>
      <WithDataset>{(dataset) => <RunList key={dataset.id} datasetId={dataset.id} />}</WithDataset>
    </>
  );
}
