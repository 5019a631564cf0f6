'use client';

import { PageHeader } from '../elements/page-header';
import { LaunchProposal } from './launch-proposal';
import { WithArchitecture } from './with-architecture';

/** Choose an architecture, set its dials, start a run. */
export function LaunchPage() {
  return (
    <>
      <PageHeader title="New training run">
        What is proposed is a good start: nothing has to be changed. The run starts at once, or as
        soon as the one before it has ended.
      </PageHeader>
      <WithArchitecture>
        {(architecture, dataset) => (
          <LaunchProposal architecture={architecture} dataset={dataset} />
        )}
      </WithArchitecture>
    </>
  );
}
