import { LookalikeError } from '../../../domain/errors.js';
import type { Crop } from '../../../domain/image.js';

/** A part of a picture in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a crop drawn on a screen may lie outside of the picture by rounding. */
const TOLERANCE = 1e-4;

/**
 * The pixels of a crop; null when they are all of the picture.
 * @throws LookalikeError CROP_INVALID when it is no part of the picture, or less than a pixel of it
 */
export function areaOf(crop: Crop, width: number, height: number): Area | null {
  const [left, right] = edgesOf('left', crop.left, 'width', crop.width, width);
  const [top, bottom] = edgesOf('top', crop.top, 'height', crop.height, height);
  const area = { left, top, width: right - left, height: bottom - top };
  return area.width === width && area.height === height ? null : area;
}

function edgesOf(
  startName: string,
  start: number,
  lengthName: string,
  length: number,
  side: number,
): [number, number] {
  const end = start + length;
  const isShare = Number.isFinite(end) && start >= -TOLERANCE && end <= 1 + TOLERANCE;
  if (!isShare || length <= 0) {
    throw new LookalikeError(
      'CROP_INVALID',
      `The crop has ${startName} ${start} and ${lengthName} ${length}: give shares of the picture's ` +
        `${lengthName} from 0 to 1, a ${lengthName} above 0, and both together at most 1.`,
    );
  }
  const first = Math.max(0, Math.round(start * side));
  const last = Math.min(side, Math.round(end * side));
  if (last <= first) {
    throw new LookalikeError(
      'CROP_INVALID',
      `The crop's ${lengthName} ${length} is less than a pixel of a picture of ${side}. ` +
        'Draw a larger one.',
    );
  }
  return [first, last];
}
