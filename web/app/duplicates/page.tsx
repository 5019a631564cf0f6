import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DuplicatesPage } from '../../components/duplicates/duplicates-page';
import { Loading } from '../../components/elements/loading';

export const metadata: Metadata = { title: 'Duplicates' };

export default function Page() {
  return (
    <Suspense fallback={<Loading what="the duplicates" className="min-h-[60vh]" />}>
      <DuplicatesPage />
    </Suspense>
  );
}
