import { join } from 'node:path';
import type { Split } from '../../../domain/dataset.js';
import { LookalikeError } from '../../../domain/errors.js';
import type { DatasetSource, OpenSource, SourceImage } from '../../../ports/dataset-source.js';
import { readIdxFile, type IdxArray } from './idx-file.js';
import { UnpackingIdxFile } from './unpacking-idx-file.js';

const LABELS = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];
/**
 * With each batch the stores write anew every page of their indexes that it touches, which by checksum
 * are all of them; yet whoever wants to write meanwhile waits for up to four of them, a tenth of a second
 * each.
 */
const BATCH = 12_000;
/** The stores get to work with it while the next is prepared; so many as are worth their threads. */
const FIRST_BATCH = 1000;

interface Part {
  readonly split: Split;
  readonly images: UnpackingIdxFile;
  readonly labels: IdxArray;
}

/** Fashion-MNIST (Xiao, Rasul, Vollgraf, arXiv:1708.07747) from its four IDX files in a folder. */
export class FashionMnist implements DatasetSource {
  readonly name = 'fashion-mnist';
  readonly title = 'Fashion-MNIST';

  constructor(private readonly folder: string) {}

  async open(): Promise<OpenSource> {
    const read = await Promise.allSettled([this.read('TRAIN', 'train'), this.read('TEST', 't10k')]);
    const parts = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const close = () => parts.forEach(({ images }) => images.close());
    const refused = read.find((each) => each.status === 'rejected');
    if (refused) {
      close();
      throw refused.reason;
    }
    const whole = Promise.all(parts.map(({ images }) => images.whole)).then(() => undefined);
    // Whoever awaits it is told; nobody need.
    whole.catch(() => undefined);
    const count = parts.reduce((sum, { labels }) => sum + labels.data.length, 0);
    return { count, images: () => batchesOf(parts), whole, close };
  }

  private async read(split: Split, prefix: string): Promise<Part> {
    const labels = await readIdxFile(join(this.folder, `${prefix}-labels-idx1-ubyte.gz`));
    const file = join(this.folder, `${prefix}-images-idx3-ubyte.gz`);
    const images = await UnpackingIdxFile.open(file);
    const [count] = images.shape;
    if (images.shape.length !== 3 || labels.shape.length !== 1 || labels.shape[0] !== count) {
      images.close();
      throw new LookalikeError(
        'IDX_CORRUPT',
        `The ${split} images and labels of Fashion-MNIST do not belong together ` +
          `(shapes ${images.shape.join('x')} and ${labels.shape.join('x')}). Run \`npm run setup\`.`,
      );
    }
    return { split, images, labels };
  }
}

async function* batchesOf(parts: readonly Part[]): AsyncIterable<readonly SourceImage[]> {
  let most = FIRST_BATCH;
  for (const part of parts) {
    const count = part.labels.data.length;
    for (let start = 0; start < count;) {
      const first = start;
      const length = Math.min(most, count - first);
      const pictures = await part.images.take(length);
      yield pictures.map((bytes, offset) => imageAt(part, first + offset, bytes));
      start += length;
      most = BATCH;
    }
    await part.images.whole;
  }
}

function imageAt(
  { split, images, labels }: Part,
  position: number,
  bytes: Uint8Array,
): SourceImage {
  const [, height = 0, width = 0] = images.shape;
  const label = labels.data[position] ?? -1;
  return {
    name: `${split.toLowerCase()}/${position}`,
    label: LABELS[label] ?? null,
    split,
    format: 'RAW',
    width,
    height,
    channels: 1,
    bytes,
  };
}
