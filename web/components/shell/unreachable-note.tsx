'use client';

import { useOverview } from './overview';

/** Tells that the server is away, once we had been in touch with it or tried to. */
export function UnreachableNote() {
  const { error, loaded } = useOverview();
  if (!error?.networkError) return null;
  return (
    <p
      role="alert"
      className="mb-4 rounded-md border border-warning bg-warning-soft px-3 py-2 text-sm"
    >
      The server does not answer.{' '}
      {loaded ? 'What you see may be old.' : 'Check that it is running.'} Trying again by itself …
    </p>
  );
}
