import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Loading } from '../../../components/elements/loading';
import { CompareRunsPage } from '../../../components/runs/compare-page';

export const metadata: Metadata = { title: 'Compare training runs' };

export default function Page() {
  return (
    <Suspense fallback={<Loading what="the comparison" className="min-h-[60vh]" />}>
      <CompareRunsPage />
    </Suspense>
  );
}
