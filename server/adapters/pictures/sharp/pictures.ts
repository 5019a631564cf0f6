import sharp from 'sharp';
import { LookalikeError } from '../../../domain/errors.js';
import type { Crop, EncodedPicture, PictureFacts, Pixels } from '../../../domain/image.js';
import type { InputSpec } from '../../../domain/model.js';
import type { InspectedPicture, Pictures } from '../../../ports/pictures.js';
import { decoderOf, headerOf } from './decoder.js';
import { kindOf } from './file-kinds.js';
import { inputOf, isFedAsItIs, isInput } from './input-picture.js';
import { PixelBudget } from './pixel-budget.js';
import { plainJpegPixels } from './plain-jpeg.js';
import { plainPngPixels } from './plain-png.js';
import { withComment } from './png-comment.js';
import { damaged, MAX_PIXELS, notAnImage, notTaken, tooManyPixels } from './refusals.js';

/** The longest side of a thumbnail. */
const THUMBNAIL_SIDE = 256;
/** The longest side of a rendition for browsers. */
const DISPLAY_SIDE = 4096;

const CONTENT_TYPES = {
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  WEBP: 'image/webp',
  AVIF: 'image/avif',
  GIF: 'image/gif',
} as const;

/** Pictures by libvips. */
export class SharpPictures implements Pictures {
  private readonly budget = new PixelBudget(MAX_PIXELS);

  async identify(bytes: Uint8Array): Promise<PictureFacts> {
    if (bytes.byteLength === 0) throw notAnImage('The file is empty.');
    const kind = kindOf(bytes);
    if ('other' in kind) {
      throw kind.other === 'no picture'
        ? notAnImage('The file is no picture.')
        : notTaken(kind.other);
    }
    const { width, height, autoOrient, channels, space, hasAlpha } = await headerOf(bytes);
    if (width * height > MAX_PIXELS) throw tooManyPixels(width, height);
    const isGray = channels < 3 || space === 'b-w' || space === 'grey16';
    return { format: kind.format, ...autoOrient, channels: isGray ? 1 : 3, hasAlpha };
  }

  async inspect(bytes: Uint8Array): Promise<InspectedPicture> {
    const facts = await this.identify(bytes);
    const thumbnail = await this.decode(facts, () => thumbnailOf({ ...facts, bytes }));
    return { facts, thumbnail };
  }

  async toInput(picture: EncodedPicture, input: InputSpec, crop: Crop | null): Promise<Uint8Array> {
    checkRaw(picture);
    if (isInput(picture, input, crop)) return picture.bytes;
    return this.decode(picture, () => inputOf(picture, input, crop));
  }

  async fileToInput(file: Uint8Array, input: InputSpec, crop: Crop | null): Promise<Uint8Array> {
    const pixels = isFedAsItIs(input, crop)
      ? (plainPngPixels(file, input) ?? plainJpegPixels(file, input))
      : null;
    return pixels ?? this.toInput({ ...(await this.identify(file)), bytes: file }, input, crop);
  }

  async toDisplay(picture: EncodedPicture): Promise<{ bytes: Uint8Array; contentType: string }> {
    const { format, bytes, width, height, channels } = picture;
    if (format === 'RAW') {
      checkRaw(picture);
      const png = await this.encodePng({ width, height, channels, data: bytes });
      return { bytes: png, contentType: 'image/png' };
    }
    if (format !== 'TIFF') return { bytes, contentType: CONTENT_TYPES[format] };
    const rendition = await this.decode(picture, () =>
      decoderOf(picture).resize(bounded(DISPLAY_SIDE)).webp({ quality: 90 }).toBuffer(),
    );
    return { bytes: rendition, contentType: 'image/webp' };
  }

  async encodePng(
    { data, width, height, channels }: Pixels,
    comment?: string,
  ): Promise<Uint8Array> {
    const raw = { width, height, channels: channels === 3 ? 3 : 1 } as const;
    const colours = channels === 3 ? 'srgb' : 'b-w';
    const encoder = sharp(data, { raw }).toColourspace(colours).png({ compressionLevel: 6 });
    const png = await encoder.toBuffer();
    return comment === undefined ? png : withComment(png, comment);
  }

  /** Decodes when there is memory for it, and says in our words what is wrong with the file. */
  private async decode<T>(
    { width, height }: Pick<PictureFacts, 'width' | 'height'>,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await this.budget.within(width * height, work);
    } catch (thrown) {
      throw thrown instanceof LookalikeError ? thrown : damaged(thrown);
    }
  }
}

function checkRaw({ format, bytes, width, height, channels }: EncodedPicture): void {
  if (format === 'RAW' && bytes.byteLength !== width * height * channels) {
    throw notAnImage(
      `${width} x ${height} x ${channels} pixels do not fill ${bytes.byteLength} bytes.`,
    );
  }
}

/** Decodes all of the picture, whether or not it needs a thumbnail. */
async function thumbnailOf(picture: EncodedPicture): Promise<Uint8Array | null> {
  const isSmall = Math.max(picture.width, picture.height) <= THUMBNAIL_SIDE;
  const decoder = decoderOf(picture);
  if (isSmall && picture.format !== 'TIFF') {
    await decoder.raw().toBuffer();
    return null;
  }
  return decoder.resize(bounded(THUMBNAIL_SIDE)).webp({ quality: 80, effort: 2 }).toBuffer();
}

function bounded(side: number) {
  return { width: side, height: side, fit: 'inside', withoutEnlargement: true } as const;
}
