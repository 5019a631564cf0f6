import { execFile } from 'node:child_process';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SOURCE = fileURLToPath(new URL('fault-shim.c', import.meta.url));
const PART_BYTES = 128;
const BYTES = 40 + PART_BYTES;
const HITS_AT = 32;

/** Numbers of Linux, which `os.constants` has too. */
const ERRORS = { EIO: 5, EACCES: 13, EROFS: 30, ENOSPC: 28 } as const;
type ErrorName = keyof typeof ERRORS;

/** What is wrong with the disk and the clock; what is not named is well. */
export interface Faults {
  /** Added to the time of day. */
  readonly clockOffsetMs?: number;
  /** Bytes that may still be written, then the disk is full. */
  readonly bytesLeft?: number;
  readonly read?: ErrorName;
  readonly write?: ErrorName;
  readonly sync?: ErrorName;
  /** For whoever opens a file to write to it. */
  readonly open?: ErrorName;
  /** Only for files whose path below the data directory contains this. */
  readonly part?: string;
}

/** Makes the disk fail and the clock jump for a server, while it runs: see fault-shim.c. */
export class FaultControl {
  private constructor(
    private readonly file: number,
    /** To start the server with. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** @param folder for the compiled shim @param directory whose files are to fail */
  static async create(folder: string, directory: string): Promise<FaultControl> {
    const library = join(folder, 'fault-shim.so');
    const compiler = process.env['CC'] ?? 'cc';
    const options = ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl'];
    await promisify(execFile)(compiler, options);
    const path = join(folder, 'fault-control');
    await writeFile(path, new Uint8Array(BYTES));
    const control = new FaultControl(openSync(path, 'r+'), {
      LD_PRELOAD: library,
      FAULT_CONTROL: path,
      FAULT_DIRECTORY: directory,
    });
    control.set({});
    return control;
  }

  /** From now on this is wrong, and nothing else. */
  set(faults: Faults): void {
    const bytes = Buffer.alloc(BYTES);
    bytes.writeBigInt64LE(BigInt(faults.clockOffsetMs ?? 0), 0);
    bytes.writeBigInt64LE(BigInt(faults.bytesLeft ?? -1), 8);
    [faults.read, faults.write, faults.sync, faults.open].forEach((name, at) =>
      bytes.writeInt32LE(name ? ERRORS[name] : 0, 16 + 4 * at),
    );
    bytes.write(faults.part ?? '', 40, PART_BYTES - 1, 'utf8');
    // Whom it hits first: a call must not fail by half of what is set.
    writeSync(this.file, bytes, 40, PART_BYTES, 40);
    writeSync(this.file, bytes, 0, 40, 0);
  }

  /** How many calls have failed since `set`. */
  get hits(): number {
    const bytes = Buffer.alloc(4);
    readSync(this.file, bytes, 0, 4, HITS_AT);
    return bytes.readInt32LE(0);
  }

  close(): void {
    closeSync(this.file);
  }
}
