/** Says that something is on its way; it keeps the room that its content will take. */
export function Loading({ what, className = 'min-h-40' }: { what: string; className?: string }) {
  return (
    <div
      role="status"
      className={`flex items-center justify-center gap-2 text-sm text-muted ${className}`}
    >
      <span
        aria-hidden
        className="size-3.5 animate-spin rounded-full border-2 border-line-strong border-t-accent"
      />
      Loading {what} …
    </div>
  );
}
