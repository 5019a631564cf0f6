/** A picture of a dataset, or one that a network drew, in a square of so many pixels. */
export function Picture({
  url,
  alt,
  size,
  className = '',
  eager = false,
}: {
  url: string;
  alt: string;
  size: number;
  className?: string;
  eager?: boolean;
}) {
  return (
    // Pictures are tiny and ours: Next's image optimisation has nothing to add.
    <img
      src={url}
      alt={alt}
      width={size}
      height={size}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      draggable={false}
      className={`picture ${className}`}
    />
  );
}
