/** How a picture becomes what a network is fed: near enough to what the server does to show it. */

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of the picture that is taken, and where in the input it lands. */
export function placementOf(
  picture: Size,
  input: Size,
  fit: 'CONTAIN' | 'COVER',
): { readonly from: Rectangle; readonly to: Rectangle } {
  const [across, down] = [input.width / picture.width, input.height / picture.height];
  const scale = fit === 'COVER' ? Math.max(across, down) : Math.min(across, down);
  if (fit === 'COVER') {
    const [width, height] = [input.width / scale, input.height / scale];
    const [x, y] = [(picture.width - width) / 2, (picture.height - height) / 2];
    return { from: { x, y, width, height }, to: { x: 0, y: 0, ...sizeOf(input) } };
  }
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const [x, y] = [Math.floor((input.width - width) / 2), Math.floor((input.height - height) / 2)];
  return { from: { x: 0, y: 0, ...sizeOf(picture) }, to: { x, y, width, height } };
}

/** Makes pixels (red, green, blue, alpha) gray, in place. */
export function makeGray(pixels: Uint8ClampedArray): void {
  for (let start = 0; start < pixels.length; start += 4) {
    pixels.fill(brightnessAt(pixels, start), start, start + 3);
  }
}

/**
 * Stretches pixels to their full contrast, in place: brightness from its 1st to its 99th percentile
 * becomes 0 to 255. A plain picture stays as it is.
 */
export function stretchContrast(pixels: Uint8ClampedArray): void {
  const sorted = Array.from({ length: pixels.length / 4 }, (_, place) =>
    brightnessAt(pixels, place * 4),
  ).sort((a, b) => a - b);
  const clipped = Math.floor(sorted.length * 0.01);
  const darkest = sorted[clipped] ?? 0;
  const lightest = sorted[sorted.length - 1 - clipped] ?? 255;
  if (lightest - darkest < 8) return;
  const factor = 255 / (lightest - darkest);
  pixels.forEach((value, place) => {
    if (place % 4 !== 3) pixels[place] = (value - darkest) * factor;
  });
}

function brightnessAt(pixels: Uint8ClampedArray, start: number): number {
  const [red = 0, green = 0, blue = 0] = pixels.subarray(start, start + 3);
  return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}
