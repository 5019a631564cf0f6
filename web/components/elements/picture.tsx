'use client';

/** Smaller than this, a picture keeps its pixels when it is enlarged. */
const TINY = 64;

/** A picture of a dataset, or one that a network drew, whole in a square of so many pixels. */
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
    // Pictures are small and ours: Next's image optimisation has nothing to add.
    <img
      src={url}
      alt={alt}
      width={size}
      height={size}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      draggable={false}
      onLoad={({ currentTarget: { dataset, naturalWidth, naturalHeight } }) => {
        dataset['tiny'] = String(Math.max(naturalWidth, naturalHeight) <= TINY);
      }}
      className={`picture ${className}`}
    />
  );
}
