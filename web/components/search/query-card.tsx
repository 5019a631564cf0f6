import type { ReactNode } from 'react';
import { Picture } from '../elements/picture';

/** The query, large, beside its neighbours. */
export function QueryCard({
  url,
  alt,
  title,
  children,
}: {
  url: string;
  alt: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label="Query"
      data-testid="query-image"
      className="card flex gap-4 max-md:items-start md:sticky md:top-5 md:flex-col"
    >
      <Picture
        url={url}
        alt={alt}
        size={224}
        eager
        className="aspect-square w-24 shrink-0 md:w-full"
      />
      <div className="flex min-w-0 flex-col gap-1.5 text-sm">
        <p className="text-xs font-medium text-muted">Query</p>
        <h2 className="text-base leading-tight font-semibold break-words">{title}</h2>
        {children}
      </div>
    </section>
  );
}
