import type { Split } from './dataset.js';
import type { BlobId } from './image.js';

const HELD_OUT = 10;

/**
 * The split of an image that none was given for: one in ten is held out. Its bytes decide, so that
 * equal pictures stay together and a later import decides alike.
 */
export function splitOf(blobId: BlobId): Split {
  return Number.parseInt(blobId.slice(0, 8), 16) % HELD_OUT === 0 ? 'TEST' : 'TRAIN';
}
