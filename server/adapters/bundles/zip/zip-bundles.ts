import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDiskFull } from '../../../domain/disk-full.js';
import { LookalikeError } from '../../../domain/errors.js';
import type {
  BundleFile,
  BundleReader,
  Bundles,
  BundleWriter,
  ByteSink,
} from '../../../ports/bundles.js';
import { flush } from '../../flush/flush.js';
import { ZipReader } from './zip-reader.js';
import { ZipWriter } from './zip-writer.js';

const RECEIVED = '.part';
const KEPT = '.zip';

/** Bundles as zips; those that were sent here lie in a folder. */
export class ZipBundles implements Bundles {
  /** Those that this process received: they are not swept. */
  private readonly received = new Set<string>();

  constructor(private readonly folder: string) {}

  writeTo(sink: ByteSink): BundleWriter {
    return new ZipWriter(sink);
  }

  async receive(pieces: AsyncIterable<Uint8Array>): Promise<BundleFile> {
    await mkdir(this.folder, { recursive: true });
    // The folder may be new, and has a name too.
    await flush(dirname(this.folder));
    const file = `${randomUUID()}${RECEIVED}`;
    this.received.add(file);
    try {
      const handle = await open(join(this.folder, file), 'wx');
      try {
        for await (const piece of pieces) await handle.writeFile(piece);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (thrown) {
      await this.delete(file);
      if (!isDiskFull(thrown)) throw thrown;
      throw new LookalikeError(
        'DISK_FULL',
        'The bundle does not fit on the disk of the data directory. Make room, then send it again.',
        { cause: thrown },
      );
    }
    return file;
  }

  open(file: BundleFile): Promise<BundleReader> {
    return ZipReader.open(join(this.folder, file));
  }

  async keep(file: BundleFile, name: string): Promise<BundleFile> {
    const kept = `${name}${KEPT}`;
    await rename(join(this.folder, file), join(this.folder, kept));
    this.received.delete(file);
    await flush(this.folder);
    return kept;
  }

  async kept(): Promise<{ file: BundleFile; name: string }[]> {
    const files = await this.files();
    return files
      .filter((file) => file.endsWith(KEPT))
      .map((file) => ({ file, name: file.slice(0, -KEPT.length) }));
  }

  async delete(file: BundleFile): Promise<void> {
    await rm(join(this.folder, file), { force: true });
    this.received.delete(file);
  }

  async sweep(): Promise<void> {
    for (const file of await this.files()) {
      if (file.endsWith(RECEIVED) && !this.received.has(file)) await this.delete(file);
    }
  }

  private async files(): Promise<string[]> {
    await mkdir(this.folder, { recursive: true });
    return (await readdir(this.folder)).sort();
  }
}
