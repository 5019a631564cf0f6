'use client';

import type { CombinedError } from 'urql';
import { apiErrorOf, isFinal } from '../../lib/api-error';
import { useInterval } from '../../lib/use-interval';
import { Button } from './button';

const RETRY_MS = 3_000;

/** An error in words, with its code, and a way to try again where that helps. */
export function ErrorNote({ error, onRetry }: { error: CombinedError; onRetry?: () => void }) {
  const { code, message } = apiErrorOf(error, onRetry !== undefined);
  // What passes by itself must not wait for a click.
  const passes = code === 'SERVER_UNREACHABLE' || code === 'INDEX_CORRUPT';
  useInterval(() => onRetry?.(), passes && onRetry ? RETRY_MS : null);
  return (
    <ProblemNote code={code} message={message} onRetry={isFinal(code) ? undefined : onRetry} />
  );
}

export function ProblemNote({
  code,
  message,
  onRetry,
}: {
  code: string;
  message: string;
  onRetry?: (() => void) | undefined;
}) {
  return (
    <div
      role="alert"
      className="flex basis-full flex-wrap items-center gap-3 rounded-md border border-danger bg-danger-soft px-3 py-2 text-sm"
    >
      <p className="min-w-0 flex-1 break-words">
        <span className="font-medium">{message}</span>{' '}
        <code className="text-xs text-danger">{code}</code>
      </p>
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
