'use client';

import type { CombinedError } from 'urql';
import { ErrorNote } from './error-note';
import { Loading } from './loading';
import { PageHeader } from './page-header';

/** A page before its data is there, or when it cannot be had. */
export function PagePending({
  title,
  what,
  error,
  onRetry,
}: {
  title: string;
  /** What is being loaded, in words. */
  what: string;
  error: CombinedError | undefined;
  onRetry: () => void;
}) {
  return (
    <>
      <PageHeader title={title} />
      {error ? (
        <ErrorNote error={error} onRetry={onRetry} />
      ) : (
        <Loading what={what} className="min-h-[60vh]" />
      )}
    </>
  );
}
