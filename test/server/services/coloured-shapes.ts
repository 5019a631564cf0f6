import sharp from 'sharp';
import type { Split } from '../../../server/domain/dataset.js';
import type { NewImage } from '../../../server/domain/image.js';
import { seededRandom } from '../../../server/domain/random.js';
import { newImage } from '../../contract/metadata/rows.js';
import type { Stores } from './stores.js';

export const SIDE = 32;
const CHANNELS = 3;
const COLOURS = { red: [230, 40, 40], green: [40, 200, 70], blue: [50, 60, 230] } as const;
const SHAPES = {
  disc: (x: number, y: number, radius: number) => x * x + y * y < radius * radius,
  square: (x: number, y: number, radius: number) => Math.max(Math.abs(x), Math.abs(y)) < radius,
  stripe: (_: number, y: number, radius: number) => Math.abs(y) < radius / 3,
} as const;

/** A PNG of a shape somewhere on a dark ground. */
async function drawn(
  inside: (x: number, y: number, radius: number) => boolean,
  colour: readonly [number, number, number],
  random: () => number,
): Promise<Uint8Array> {
  const [left, top, radius] = [12 + 8 * random(), 12 + 8 * random(), 7 + 4 * random()];
  const pixels = Uint8Array.from({ length: SIDE * SIDE * CHANNELS }, (_, at) => {
    const pixel = Math.floor(at / CHANNELS);
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    return inside(x - left, y - top, radius) ? (colour[at % CHANNELS] ?? 0) : 20;
  });
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: CHANNELS } })
    .png()
    .toBuffer();
}

export interface ShapeOptions {
  /** Every so many-th is held out; 0 holds none out. */
  readonly testEvery?: number;
  readonly labelled?: boolean;
}

/** A dataset of coloured shapes, labelled `red disc` and the like. @returns its id */
export async function colouredShapes(
  { datasets, images, blobs }: Stores,
  count: number,
  { testEvery = 6, labelled = true }: ShapeOptions = {},
): Promise<number> {
  const random = seededRandom(11);
  const kinds = Object.entries(COLOURS).flatMap(([colour, rgb]) =>
    Object.entries(SHAPES).map(([shape, inside]) => ({ label: `${colour} ${shape}`, rgb, inside })),
  );
  const dataset = await datasets.create('shapes', 'Shapes');
  if (!dataset) throw new Error('There are shapes already.');
  const rows: NewImage[] = [];
  for (let at = 0; at < count; at += 1) {
    const kind = kinds[at % kinds.length];
    if (!kind) continue;
    const bytes = await drawn(kind.inside, kind.rgb, random);
    const split: Split = testEvery > 0 && at % testEvery === testEvery - 1 ? 'TEST' : 'TRAIN';
    rows.push(
      newImage(dataset.id, `shapes/${at}.png`, {
        blobId: await blobs.put(bytes),
        format: 'PNG',
        width: SIDE,
        height: SIDE,
        channels: CHANNELS,
        byteLength: bytes.byteLength,
        label: labelled ? kind.label : null,
        split,
      }),
    );
  }
  await images.insertMany(rows);
  await datasets.recount(dataset.id);
  return dataset.id;
}
