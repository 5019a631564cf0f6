/** A part of a picture as shown: a rectangle in shares of its sides, drawn, moved and told in words. */

export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Smaller than this share of a side, nothing was drawn on purpose. */
export const CROP_MIN = 0.02;
/** Where a crop that is made with the keyboard starts. */
export const FIRST_CROP: Crop = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 };

/** The rectangle between two points, cut at the edges of the picture; null if there is hardly one. */
export function cropBetween(a: Point, b: Point): Crop | null {
  const [left, right] = spanOf(a.x, b.x);
  const [top, bottom] = spanOf(a.y, b.y);
  const [width, height] = [rounded(right - left), rounded(bottom - top)];
  return width < CROP_MIN || height < CROP_MIN ? null : { left, top, width, height };
}

/** The same rectangle elsewhere; it stops at the edges. */
export function movedCrop(crop: Crop, by: Point): Crop {
  return {
    ...crop,
    left: rounded(clamped(crop.left + by.x, 0, 1 - crop.width)),
    top: rounded(clamped(crop.top + by.y, 0, 1 - crop.height)),
  };
}

/** The rectangle with its right lower corner elsewhere. */
export function resizedCrop(crop: Crop, by: Point): Crop {
  return {
    ...crop,
    width: rounded(clamped(crop.width + by.x, CROP_MIN, 1 - crop.left)),
    height: rounded(clamped(crop.height + by.y, CROP_MIN, 1 - crop.top)),
  };
}

/** The corners, each with the one that stays while it is dragged. */
export function cornersOf(crop: Crop): readonly { readonly at: Point; readonly fixed: Point }[] {
  const [right, bottom] = [crop.left + crop.width, crop.top + crop.height];
  const [leftTop, rightTop] = [
    { x: crop.left, y: crop.top },
    { x: right, y: crop.top },
  ];
  const [leftBottom, rightBottom] = [
    { x: crop.left, y: bottom },
    { x: right, y: bottom },
  ];
  return [
    { at: leftTop, fixed: rightBottom },
    { at: rightTop, fixed: leftBottom },
    { at: leftBottom, fixed: rightTop },
    { at: rightBottom, fixed: leftTop },
  ];
}

export function isWithin(crop: Crop, { x, y }: Point): boolean {
  return (
    x >= crop.left && x <= crop.left + crop.width && y >= crop.top && y <= crop.top + crop.height
  );
}

/** As it stands in an address: `0.100,0.200,0.500,0.250`. */
export function cropText({ left, top, width, height }: Crop): string {
  return [left, top, width, height].map((share) => share.toFixed(3)).join(',');
}

/** The crop that a text tells, or null where it tells none. */
export function cropOf(text: string | null): Crop | null {
  const shares = text?.split(',').map((part) => (part.trim() === '' ? NaN : Number(part))) ?? [];
  const [left, top, width, height] = shares;
  if (shares.length !== 4 || left === undefined || top === undefined) return null;
  if (width === undefined || height === undefined) return null;
  if (![left, top, width, height].every(Number.isFinite) || left < 0 || top < 0) return null;
  if (left + width > 1.0005 || top + height > 1.0005) return null;
  return cropBetween({ x: left, y: top }, { x: left + width, y: top + height });
}

/** `10% to 60% across, 20% to 45% down` */
export function cropWords({ left, top, width, height }: Crop): string {
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  return `${percent(left)} to ${percent(left + width)} across, ${percent(top)} to ${percent(top + height)} down`;
}

function spanOf(one: number, other: number): [from: number, to: number] {
  const [from, to] = one < other ? [one, other] : [other, one];
  return [rounded(clamped(from, 0, 1)), rounded(clamped(to, 0, 1))];
}

function clamped(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), Math.max(min, max));
}

/** To the three digits that stand in the address, so that what is asked is what it says. */
function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
