'use client';

import { chooseDataset } from '../../lib/chosen-dataset';
import { useOverview } from './overview';

/** The dataset that is shown; a choice when there are several. */
export function DatasetSwitcher() {
  const { datasets, dataset } = useOverview();
  if (!dataset) return null;
  if (datasets.length === 1) {
    return (
      <p className="truncate text-sm max-lg:hidden">
        <span className="block text-xs text-muted">Dataset</span>
        <span className="font-medium">{dataset.title}</span>
      </p>
    );
  }
  return (
    <label className="text-sm">
      <span className="text-xs text-muted max-lg:sr-only">Dataset</span>
      <select
        className="field block w-full"
        value={dataset.id}
        onChange={(event) => chooseDataset(event.target.value)}
      >
        {datasets.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
