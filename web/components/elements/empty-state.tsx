import type { ReactNode } from 'react';

/** What is shown where there is nothing yet: why, and what to do. */
export function EmptyState({
  title,
  heading: Heading = 'h2',
  children,
}: {
  title: string;
  /** `h1` where it stands for the whole page. */
  heading?: 'h1' | 'h2';
  children: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center gap-4 px-4 py-16 text-center text-sm text-muted">
      <Heading className="text-lg font-semibold text-ink">{title}</Heading>
      {children}
    </div>
  );
}
