import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DatasetPage } from '../../components/dataset/dataset-page';
import { Loading } from '../../components/elements/loading';

export const metadata: Metadata = { title: 'Dataset' };

export default function Page() {
  return (
    <Suspense fallback={<Loading what="the dataset" className="min-h-[60vh]" />}>
      <DatasetPage />
    </Suspense>
  );
}
