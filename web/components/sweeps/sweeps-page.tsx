'use client';

import { ButtonLink } from '../elements/button';
import { PageHeader } from '../elements/page-header';
import { WithDataset } from '../shell/with-dataset';
import { SweepList } from './sweep-list';

export function SweepsPage() {
  return (
    <>
      <PageHeader
        title="Sweeps"
        actions={
          <>
            <ButtonLink href="/runs">Training runs</ButtonLink>
            <ButtonLink look="primary" href="/sweeps/new">
              New sweep
            </ButtonLink>
          </>
        }
      >
        Each tries several settings of an architecture, one after another within a time that you
        give, and ranks them.
      </PageHeader>
      <WithDataset>
        {(dataset) => <SweepList key={dataset.id} datasetId={dataset.id} />}
      </WithDataset>
    </>
  );
}
