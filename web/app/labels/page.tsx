import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Loading } from '../../components/elements/loading';
import { LabelsPage } from '../../components/labels/labels-page';

export const metadata: Metadata = { title: 'Labels' };

export default function Page() {
  return (
    <Suspense fallback={<Loading what="the labels" className="min-h-[60vh]" />}>
      <LabelsPage />
    </Suspense>
  );
}
