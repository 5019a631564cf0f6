'use client';

import { runSummary } from '../../lib/run-words';
import { ButtonLink } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { useOverview, type OverviewDataset } from '../shell/overview';

/** Why there is nothing to search with yet, and where to go. */
export function NoModel({ dataset }: { dataset: OverviewDataset }) {
  const { goingRun } = useOverview();
  if (dataset.status !== 'READY') {
    return (
      <EmptyState title={`${dataset.title} is not all there yet`}>
        <p>Once its images are imported, a model can be trained that compares them.</p>
        <ButtonLink look="primary" href="/dataset">
          Watch the import
        </ButtonLink>
      </EmptyState>
    );
  }
  if (goingRun) {
    return (
      <EmptyState title="The first model is on its way">
        <p>
          Search works as soon as a model is active, by a run that succeeds or, of a sweep, by hand:{' '}
          {runSummary(goingRun)}.
        </p>
        <ButtonLink look="primary" href={`/runs/${goingRun.id}`}>
          Watch run {goingRun.id}
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No model yet">
      <p>
        A model turns pictures into embeddings that can be compared. Train one on {dataset.title};
        the defaults are good.
      </p>
      <ButtonLink look="primary" href="/runs/new">
        Train a model
      </ButtonLink>
    </EmptyState>
  );
}
