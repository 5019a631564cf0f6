'use client';

import { Button } from '../components/elements/button';
import { EmptyState } from '../components/elements/empty-state';

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const reason = error instanceof Error ? error.message : String(error);
  return (
    <EmptyState heading="h1" title="This page ran into a fault of ours">
      <p>
        Try again. If it comes back, reload the page and report this text: <code>{reason}</code>
      </p>
      <Button onClick={() => retry()}>Try again</Button>
    </EmptyState>
  );
}
