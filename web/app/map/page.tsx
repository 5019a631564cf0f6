import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Loading } from '../../components/elements/loading';
import { MapPage } from '../../components/map/map-page';

export const metadata: Metadata = { title: 'Map' };

export default function Page() {
  return (
    <Suspense fallback={<Loading what="the map" className="min-h-[60vh]" />}>
      <MapPage />
    </Suspense>
  );
}
