import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Loading } from '../../../components/elements/loading';
import { CompareModelsPage } from '../../../components/models/compare-page';

export const metadata: Metadata = { title: 'Compare two models' };

export default function Page() {
  return (
    <Suspense fallback={<Loading what="the comparison" className="min-h-[60vh]" />}>
      <CompareModelsPage />
    </Suspense>
  );
}
