import sharp from 'sharp';

export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

export const RED: Colour = { r: 255, g: 0, b: 0 };
export const BLUE: Colour = { r: 0, g: 0, b: 255 };

/** A picture of one colour, not encoded yet. */
export function plain(width: number, height: number, background: Colour) {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** A picture whose left half is of one colour and whose right half of another. */
export function halves(width: number, height: number, left: Colour, right: Colour) {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const { r, g, b } = Math.floor(at / 3) % width < width / 2 ? left : right;
    return [r, g, b][at % 3] ?? 0;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A gray picture that gets lighter from left to right, [height, width]. */
export function ramp(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) =>
    Math.round(((at % width) * 255) / (width - 1)),
  );
}
