/** The share of pixels that may become quite black, and quite white. */
const CLIPPED = 0.01;
/** Below this spread of brightness a picture counts as plain: stretching would only show its noise. */
const MIN_SPREAD = 8;

/**
 * Stretches a picture to its full contrast: brightness from its 1st to its 99th percentile becomes
 * 0 to 255, every channel by the same factor, so that hues stay. A plain picture stays as it is.
 * @param pixels 8-bit, channels last
 * @param channels 1 or 3
 */
export function stretchContrast(pixels: Uint8Array, channels: number): Uint8Array {
  const counts = new Uint32Array(256);
  for (let start = 0; start < pixels.length; start += channels) {
    const brightness = brightnessAt(pixels, start, channels);
    counts[brightness] = (counts[brightness] ?? 0) + 1;
  }
  const clipped = Math.floor((pixels.length / channels) * CLIPPED);
  const darkest = firstAbove(counts, clipped);
  const lightest = 255 - firstAbove(counts.toReversed(), clipped);
  if (lightest - darkest < MIN_SPREAD) return pixels;
  const factor = 255 / (lightest - darkest);
  // A clamped array rounds, and holds what leaves the range at its ends.
  const stretched = Uint8ClampedArray.from(pixels, (value) => (value - darkest) * factor);
  return new Uint8Array(stretched.buffer);
}

function brightnessAt(pixels: Uint8Array, start: number, channels: number): number {
  const first = pixels[start] ?? 0;
  if (channels !== 3) return first;
  const green = pixels[start + 1] ?? 0;
  const blue = pixels[start + 2] ?? 0;
  return Math.round(0.2126 * first + 0.7152 * green + 0.0722 * blue);
}

/** The first value at which more pixels have been counted than the given number. */
function firstAbove(counts: Uint32Array, number: number): number {
  let sum = 0;
  return counts.findIndex((count) => (sum += count) > number);
}
