import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Loading } from '../../components/elements/loading';
import { SearchPage } from '../../components/search/search-page';

export const metadata: Metadata = { title: 'Search' };

export default function Page() {
  return (
    <Suspense fallback={<Loading what="the search" className="min-h-[60vh]" />}>
      <SearchPage />
    </Suspense>
  );
}
