'use client';

import Link from 'next/link';
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
  back,
}: {
  title: string;
  /** What is being loaded, in words. */
  what: string;
  error: CombinedError | undefined;
  onRetry: () => void;
  /** Where the others of its kind are, when this one cannot be had. */
  back?: { readonly href: string; readonly title: string };
}) {
  return (
    <>
      <PageHeader title={title} />
      {error ? (
        <>
          <ErrorNote error={error} onRetry={onRetry} />
          {back && (
            <p className="mt-4 text-sm">
              <Link className="link" href={back.href}>
                {back.title}
              </Link>
            </p>
          )}
        </>
      ) : (
        <Loading what={what} className="min-h-[60vh]" />
      )}
    </>
  );
}
