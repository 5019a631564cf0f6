import type { Image } from './image.js';
import type { InputSpec } from './model.js';

const MIN_SIDE = 28;
const MAX_SIDE = 160;

/** What a network for images like this one is fed: its own size, within what networks can take. */
export function inputSpecFor({ width, height, channels }: Image): InputSpec {
  return { width: sideWithin(width), height: sideWithin(height), channels: channels === 1 ? 1 : 3 };
}

export function inputLength({ width, height, channels }: InputSpec): number {
  return width * height * channels;
}

function sideWithin(side: number): number {
  return Math.min(MAX_SIDE, Math.max(MIN_SIDE, side));
}
