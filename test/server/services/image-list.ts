import { LookalikeError } from '../../../server/domain/errors.js';
import type { DatasetSource, SourceImage } from '../../../server/ports/dataset-source.js';

/** A picture of 2 x 2 gray pixels whose bytes tell its number. */
export function sourceImage(number: number): SourceImage {
  return {
    name: `n/${number}`,
    label: number % 2 === 0 ? 'even' : 'odd',
    split: number % 5 === 0 ? 'TEST' : 'TRAIN',
    format: 'RAW',
    width: 2,
    height: 2,
    channels: 1,
    bytes: Uint8Array.from([number % 256, Math.floor(number / 256), 1, 2]),
  };
}

/** A source of pictures made on the spot, in batches of ten. */
export class ImageList implements DatasetSource {
  readonly name = 'numbers';
  readonly title = 'Numbers';
  opened = 0;
  closed = 0;

  constructor(
    private readonly count: number,
    /** Called before each batch with the number of its first picture. */
    private readonly before: (number: number) => Promise<void> = () => Promise.resolve(),
    /** Whether it is whole, which takes a while to find out. */
    private readonly check: () => Promise<void> = () => Promise.resolve(),
  ) {}

  open() {
    this.opened += 1;
    return Promise.resolve({
      count: this.count,
      images: () => this.batches(),
      whole: this.check(),
      close: () => (this.closed += 1),
    });
  }

  private async *batches(): AsyncIterable<readonly SourceImage[]> {
    for (let start = 0; start < this.count; start += 10) {
      await this.before(start);
      const length = Math.min(10, this.count - start);
      yield Array.from({ length }, (_, offset) => sourceImage(start + offset));
    }
  }
}

/** A source whose files are not there. */
export class NoFiles extends ImageList {
  override open(): never {
    throw new LookalikeError('SOURCE_FILES_MISSING', 'numbers.gz cannot be read.');
  }
}
