'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { chooseDataset } from '../../lib/chosen-dataset';

/** A link may name the dataset it is about: `?dataset=2`. */
export function DatasetFromAddress() {
  const id = useSearchParams().get('dataset');
  useEffect(() => {
    if (id) chooseDataset(id);
  }, [id]);
  return null;
}
