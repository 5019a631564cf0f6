'use client';

import { chooseDataset } from '../../lib/chosen-dataset';
import { PageLink } from '../elements/page-link';
import { useOverview } from './overview';

/** The dataset that is shown, a choice when there are several, and the way to the others. */
export function DatasetSwitcher() {
  const { datasets, dataset } = useOverview();
  if (!dataset) return null;
  const titles = datasets.map(({ title }) => title);
  return (
    <div className="flex flex-col gap-1.5 max-lg:flex-row max-lg:items-center max-lg:gap-3">
      {datasets.length === 1 ? (
        <p className="min-w-0 truncate text-sm max-lg:flex-1">
          <span className="block text-xs text-muted max-lg:sr-only">Dataset</span>
          <span className="font-medium">{dataset.title}</span>
        </p>
      ) : (
        <label className="min-w-0 text-sm max-lg:flex-1">
          <span className="text-xs text-muted max-lg:sr-only">Dataset</span>
          <select
            className="field block w-full"
            value={dataset.id}
            onChange={(event) => chooseDataset(event.target.value)}
          >
            {datasets.map(({ id, name, title, status }) => (
              <option key={id} value={id}>
                {titles.indexOf(title) === titles.lastIndexOf(title) ? title : `${title} (${name})`}
                {status === 'DELETING' && ' (being deleted)'}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="flex shrink-0 gap-3 text-xs">
        <PageLink className="link" href="/datasets/new">
          New dataset …
        </PageLink>
        <PageLink className="link" href="/datasets">
          All datasets
        </PageLink>
      </p>
    </div>
  );
}
