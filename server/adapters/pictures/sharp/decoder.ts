import sharp, { type Metadata, type Sharp } from 'sharp';
import type { EncodedPicture } from '../../../domain/image.js';
import { damaged, MAX_PIXELS } from './refusals.js';

const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff'];

// For all of the process: what libvips could read besides (SVG, files by their path) is never parsed.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}Buffer`) });
// No picture is decoded twice in the same way; what libvips would keep of it is only memory.
sharp.cache(false);

/** A decoder of the first frame or page, turned upright, that fails on a file cut short. */
export function decoderOf({ bytes, format, width, height, channels }: EncodedPicture): Sharp {
  if (format === 'RAW') {
    return sharp(bytes, { raw: { width, height, channels: channels === 3 ? 3 : 1 } });
  }
  // libtiff tells of missing strips as an error, and of nothing as truncated.
  const failOn = format === 'TIFF' ? 'error' : 'truncated';
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn, autoOrient: true });
}

/** What the header of a file says. @throws LookalikeError UPLOAD_NOT_AN_IMAGE */
export async function headerOf(bytes: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false, failOn: 'truncated' }).metadata();
  } catch (thrown) {
    throw damaged(thrown);
  }
}
