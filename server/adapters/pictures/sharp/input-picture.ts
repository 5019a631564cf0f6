import sharp from 'sharp';
import type { Crop, EncodedPicture, Pixels } from '../../../domain/image.js';
import type { InputSpec } from '../../../domain/model.js';
import { stretchContrast } from './contrast.js';
import { areaOf } from './crop-area.js';
import { decoderOf } from './decoder.js';

/** Whether the pixels are already what the model is fed. */
export function isInput(picture: EncodedPicture, input: InputSpec, crop: Crop | null): boolean {
  return (
    picture.format === 'RAW' &&
    picture.width === input.width &&
    picture.height === input.height &&
    picture.channels === input.channels &&
    isFedAsItIs(input, crop)
  );
}

/** Whether the pixels of a picture of the input's size are what the model is fed. */
export function isFedAsItIs(input: InputSpec, crop: Crop | null): boolean {
  return input.scaling === 'UNIT' && crop === null;
}

/**
 * Turns a picture upright, cuts the crop out of it, and makes it what the model is fed.
 * @returns 8-bit pixels, [height, width, channels]
 * @throws LookalikeError CROP_INVALID; what libvips throws on a damaged file
 */
export async function inputOf(
  picture: EncodedPicture,
  input: InputSpec,
  crop: Crop | null,
): Promise<Uint8Array> {
  const background = await colourOf(input);
  const area = crop ? areaOf(crop, picture.width, picture.height) : null;
  let decoder = decoderOf(picture);
  // Only colours can be laid behind colours; a JPEG, which has no alpha, is spared for its speed.
  const needsColours = picture.channels === 1 && input.channels === 3 && picture.format !== 'JPEG';
  if (needsColours && !isGray(background)) decoder = decoder.pipelineColourspace('srgb');
  if (area) decoder = decoder.extract(area);
  const { data, info } = await decoder
    .flatten({ background: cssOf(background) })
    .resize(input.width, input.height, { fit: input.fit === 'COVER' ? 'cover' : 'inside' })
    .toColourspace(input.channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== input.channels) {
    throw new Error(`decoded to ${info.channels} channels, not ${input.channels}`);
  }
  const scaled = input.scaling === 'CONTRAST' ? stretchContrast(data, info.channels) : data;
  return withBars({ ...info, data: scaled }, input, background);
}

type Colour = readonly number[];

/** The background's red, green and blue; for a gray input all three as bright as it looks. */
async function colourOf({ background, channels }: InputSpec): Promise<Colour> {
  const colour = [1, 3, 5].map((start) => parseInt(background.slice(start, start + 2), 16));
  if (channels === 3 || isGray(colour)) return colour;
  const pixel = { width: 1, height: 1, channels: 3, background } as const;
  const [gray = 0] = await sharp({ create: pixel }).toColourspace('b-w').raw().toBuffer();
  return [gray, gray, gray];
}

function isGray([red, green, blue]: Colour): boolean {
  return red === green && green === blue;
}

function cssOf(colour: Colour): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The picture in the middle of the input, with the background on both sides of it. */
function withBars({ width, height, data }: Pixels, input: InputSpec, colour: Colour): Uint8Array {
  const { channels } = input;
  if (width === input.width && height === input.height) return data;
  const framed = Uint8Array.from(
    { length: input.width * input.height * channels },
    (_, position) => colour[position % channels] ?? 0,
  );
  const left = Math.floor((input.width - width) / 2);
  const top = Math.floor((input.height - height) / 2);
  for (let row = 0; row < height; row += 1) {
    const line = data.subarray(row * width * channels, (row + 1) * width * channels);
    framed.set(line, ((top + row) * input.width + left) * channels);
  }
  return framed;
}
