'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { chooseDataset } from '../../lib/chosen-dataset';
import { ProblemNote } from '../elements/error-note';
import { useOverview } from './overview';

/** A link may name the dataset it is about: `?dataset=2`. Tells where there is none. */
export function DatasetFromAddress() {
  const id = useSearchParams().get('dataset');
  useEffect(() => {
    if (id) chooseDataset(id);
  }, [id]);
  const { datasets, dataset, loaded } = useOverview();
  if (!id || !loaded || datasets.some((each) => each.id === id)) return null;
  const shown = dataset ? ` This is ${dataset.title}.` : '';
  return (
    <div className="mb-5">
      <ProblemNote
        code="DATASET_NOT_FOUND"
        message={`There is no dataset ${id}; it may have been deleted.${shown}`}
      />
    </div>
  );
}
