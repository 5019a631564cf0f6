'use client';

import { PageHeader } from '../elements/page-header';
import { WithArchitecture } from '../runs/with-architecture';
import { SweepForm } from './sweep-form';

/** Choose an architecture, say which of its dials differ, and for how long to try. */
export function NewSweepPage() {
  return (
    <>
      <PageHeader title="New sweep">
        Tries settings one after another and ranks them by images that are held out of the training.
        Those that lag behind the others are stopped early, and no model becomes active by itself.
      </PageHeader>
      <WithArchitecture>
        {(architecture, dataset) => <SweepForm architecture={architecture} dataset={dataset} />}
      </WithArchitecture>
    </>
  );
}
