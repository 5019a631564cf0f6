import { Button } from './button';

/** To the page before and after; nothing where there is only one. */
export function Pager({
  label,
  page,
  pages,
  onGo,
}: {
  label: string;
  /** From 1. */
  page: number;
  pages: number;
  onGo: (page: number) => void;
}) {
  if (pages <= 1 && page === 1) return null;
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-2 text-sm">
      <Button disabled={page <= 1} onClick={() => onGo(Math.min(page - 1, Math.max(1, pages)))}>
        <span aria-hidden>←</span> Previous
      </Button>
      <span className="text-muted">
        Page {page} of {Math.max(1, pages)}
      </span>
      <Button disabled={page >= pages} onClick={() => onGo(page + 1)}>
        Next <span aria-hidden>→</span>
      </Button>
    </nav>
  );
}
