import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { inBatches } from '../domain/batches.js';
import { imageLine } from '../domain/bundle-images.js';
import { bytesOf } from '../domain/bundle-pieces.js';
import { originalFile } from '../domain/bundle.js';
import { LookalikeError } from '../domain/errors.js';
import type { Image } from '../domain/image.js';
import type { Embedding } from '../domain/model.js';
import type { Blobs } from '../ports/blobs.js';
import type { BundleWriter } from '../ports/bundles.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';

const IMAGES_AT_A_TIME = 100;
/** So many bytes of originals are in memory at a time, and one original more. */
const BYTES_AT_A_TIME = 32_000_000;

/** The images of a dataset as a bundle has them, page by page. */
export class BundleExportContents {
  /** The originals that went out. */
  private readonly originals = new Set<string>();
  /** The images that have a line, in the order of their lines. */
  private readonly lines: number[] = [];

  /** @param ids of the images to export; those that are gone by their turn are left out */
  constructor(
    private readonly images: Images,
    private readonly blobs: Blobs,
    private readonly ids: readonly number[],
  ) {}

  get originalCount(): number {
    return this.originals.size;
  }

  get imageCount(): number {
    return this.lines.length;
  }

  /** @throws LookalikeError BLOB_MISSING, BLOB_CORRUPT for an image that is still there */
  async writeOriginals(writer: BundleWriter): Promise<void> {
    for await (const images of this.pages(this.ids)) {
      const files = new Map(images.map((image) => [fileOf(image), image]));
      for (const file of files.keys()) if (this.originals.has(file)) files.delete(file);
      for (const group of bySize([...files.values()])) {
        for (const { image, bytes } of await this.present(group)) {
          await writer.add(fileOf(image), bytes);
          this.originals.add(fileOf(image));
        }
      }
    }
  }

  /** The lines of those whose originals went out. */
  async *imageLines(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    for await (const images of this.pages(this.ids)) {
      const written = images.filter((image) => this.originals.has(fileOf(image)));
      const metadata = await this.images.metadata(written.map(({ id }) => id));
      this.lines.push(...written.map(({ id }) => id));
      const lines = written.map((image) =>
        imageLine({ ...image, sha256: image.blobId, metadata: metadata.get(image.id) ?? [] }),
      );
      yield encoder.encode(lines.join(''));
    }
  }

  /** Of every line a vector. @param onLine is told of each line's embedding, or null, in order */
  async *vectors(
    embeddings: Embeddings,
    { id, latentSize }: { readonly id: number; readonly latentSize: number },
    onLine: (line: number, embedding: Embedding | null) => void,
  ): AsyncGenerator<Uint8Array> {
    let line = 0;
    for (const ids of inBatches(this.lines, IMAGES_AT_A_TIME)) {
      const rows = new Float32Array(ids.length * latentSize).fill(Number.NaN);
      const found = await embeddings.findMany(id, ids);
      const byImage = new Map(found.map((embedding) => [embedding.imageId, embedding]));
      ids.forEach((imageId, position) => {
        const embedding = byImage.get(imageId) ?? null;
        if (embedding) rows.set(embedding.vector, position * latentSize);
        onLine(line, embedding);
        line += 1;
      });
      yield bytesOf(rows);
      await turnOfTheEventLoop();
    }
  }

  private async *pages(ids: readonly number[]): AsyncGenerator<Image[]> {
    for (const page of inBatches(ids, IMAGES_AT_A_TIME)) {
      yield await this.images.byIds(page);
      await turnOfTheEventLoop();
    }
  }

  /** Those of the images that are still there, with their bytes. */
  private async present(
    images: readonly Image[],
  ): Promise<{ readonly image: Image; readonly bytes: Uint8Array }[]> {
    try {
      const bytes = await this.blobs.getMany(images.map(({ blobId }) => blobId));
      return images.flatMap((image, position) => {
        const own = bytes[position];
        return own ? [{ image, bytes: own }] : [];
      });
    } catch (thrown) {
      const [first] = images;
      const isGone = thrown instanceof LookalikeError && thrown.code === 'BLOB_MISSING';
      if (!first || !isGone) throw thrown;
      if (images.length === 1) {
        // Deleted a moment ago, it took its bytes along; or else the store has lost them.
        if (await this.images.byId(first.id)) throw thrown;
        return [];
      }
    }
    const one = images.map((image) => [image]);
    return (await Promise.all(one.map((image) => this.present(image)))).flat();
  }
}

function fileOf({ blobId, format }: Image): string {
  return originalFile({ sha256: blobId, format });
}

function* bySize(images: readonly Image[]): Generator<readonly Image[]> {
  let group: Image[] = [];
  let byteCount = 0;
  for (const image of images) {
    if (group.length > 0 && byteCount + image.byteLength > BYTES_AT_A_TIME) {
      yield group;
      group = [];
      byteCount = 0;
    }
    group.push(image);
    byteCount += image.byteLength;
  }
  if (group.length > 0) yield group;
}
