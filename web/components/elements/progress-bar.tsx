/** How much of something is done, 0 to 1. */
export function ProgressBar({ value, label }: { value: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-2 w-full overflow-hidden rounded-full bg-sunken"
    >
      <Bar share={percent / 100} />
    </div>
  );
}

/** The filled part of a bar; an SVG, as its length is data and not style. */
export function Bar({ share, className = 'fill-accent' }: { share: number; className?: string }) {
  return (
    <svg
      aria-hidden
      className="block h-full w-full"
      preserveAspectRatio="none"
      viewBox="0 0 1000 10"
    >
      <rect width={Math.max(0, Math.min(1, share)) * 1000} height="10" className={className} />
    </svg>
  );
}
