// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findProgram } from '../machine/programs-on-path.mjs';
import { hasIdxFiles, IDX_FILES } from './idx-files.mjs';

/**
 * @typedef {object} Source
 * @property {string} name
 * @property {boolean} binding somebody asked for this source: its failure is not passed over
 * @property {(folder: string, report: import('../runner/step-report.mjs').StepReport) => Promise<void>} fill
 */

const DEBIAN_PACKAGE = 'dataset-fashion-mnist';
const DEBIAN_FOLDER = '/usr/share/datasets/fashion-mnist';
const PUBLISHER = 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/';
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** @returns {Source[]} those that this machine has, best first */
export function availableSources() {
  const given = process.env.LOOKALIKE_FASHION_MNIST;
  if (given)
    return [{ ...folderSource(given), name: `LOOKALIKE_FASHION_MNIST=${given}`, binding: true }];
  const debian = findProgram('apt-get') && findProgram('dpkg-deb');
  return [
    ...(hasIdxFiles(DEBIAN_FOLDER) ? [folderSource(DEBIAN_FOLDER)] : []),
    ...(debian ? [debianPackage] : []),
    publisher,
  ];
}

/**
 * @param {string} from
 * @returns {Source}
 */
export function folderSource(from) {
  return {
    name: from,
    binding: false,
    async fill(folder) {
      for (const name of Object.keys(IDX_FILES)) {
        fs.copyFileSync(path.join(from, name), path.join(folder, name));
      }
    },
  };
}

/** @type {Source} */
const debianPackage = {
  name: `the Debian package ${DEBIAN_PACKAGE}`,
  binding: false,
  async fill(folder, report) {
    const unpacked = path.join(folder, 'unpacked');
    // No root needed: the package is fetched and unpacked, not installed.
    const download = () => report.command('apt-get', ['download', DEBIAN_PACKAGE], { cwd: folder });
    await download().catch(async () => {
      await report.command('apt-get', ['update']); // a fresh container has no package lists
      await download();
    });
    const archive = fs.readdirSync(folder).find((name) => name.endsWith('.deb'));
    if (!archive) throw new Error('apt-get left no package');
    await report.command('dpkg-deb', ['-x', archive, unpacked], { cwd: folder });
    for (const name of Object.keys(IDX_FILES)) {
      fs.renameSync(path.join(unpacked, DEBIAN_FOLDER, name), path.join(folder, name));
    }
    fs.rmSync(unpacked, { recursive: true });
    fs.rmSync(path.join(folder, archive));
  },
};

/** @type {Source} */
const publisher = {
  name: "the publisher's address",
  binding: false,
  async fill(folder) {
    for (const name of Object.keys(IDX_FILES)) {
      const signal = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
      const response = await fetch(new URL(name, PUBLISHER), { signal });
      if (!response.ok || !response.body)
        throw new Error(`${response.url} answered ${response.status}`);
      const body = /** @type {import('node:stream/web').ReadableStream} */ (response.body);
      await pipeline(Readable.fromWeb(body), fs.createWriteStream(path.join(folder, name)));
    }
  },
};
