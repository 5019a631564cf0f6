'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PagePending } from '../elements/page-pending';
import { useOverview, type OverviewDataset } from './overview';

/** Of all visits only the first few need it. */
const EmptyServer = dynamic(() => import('./empty-server').then((module) => module.EmptyServer));

/** Shows its child once there is a dataset, and what to do where there is none. */
export function WithDataset({
  title,
  children,
}: {
  /** Title of the page while there is no dataset, for pages that are titled after it. */
  title?: string;
  children: (dataset: OverviewDataset) => ReactNode;
}) {
  const { dataset, loaded, error, refresh } = useOverview();
  if (dataset) return children(dataset);
  if (loaded) return <EmptyServer heading={title ? 'h1' : 'h2'} />;
  if (title)
    return <PagePending title={title} what="the datasets" error={error} onRetry={refresh} />;
  if (error) return <ErrorNote error={error} onRetry={refresh} />;
  return <Loading what="the datasets" className="min-h-[60vh]" />;
}
