// @ts-check
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SetupError } from '../runner/setup-error.mjs';

/**
 * @param {string} file
 * @param {string} expected sha-256 in hex
 * @param {{ unzipped?: boolean, advice: string }} options unzipped: of what the gzip file holds
 */
export async function verifySha256(file, expected, { unzipped = false, advice }) {
  const actual = await sha256(file, unzipped).catch((error) => `unreadable (${error.message})`);
  if (actual === expected) return;
  throw new SetupError(
    `${path.basename(file)} has the wrong checksum and was refused (sha256 ${actual}, expected ${expected})`,
    advice,
  );
}

/**
 * @param {string} file
 * @param {boolean} unzipped
 */
async function sha256(file, unzipped) {
  const hash = createHash('sha256');
  const source = fs.createReadStream(file, { highWaterMark: 1 << 20 });
  if (unzipped) await pipeline(source, createGunzip({ chunkSize: 1 << 18 }), hash);
  else await pipeline(source, hash);
  return hash.digest('hex');
}
