import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Loading } from '../../components/elements/loading';
import { OddPage } from '../../components/odd/odd-page';

export const metadata: Metadata = { title: 'Odd ones out' };

export default function Page() {
  return (
    <Suspense fallback={<Loading what="the odd ones out" className="min-h-[60vh]" />}>
      <OddPage />
    </Suspense>
  );
}
