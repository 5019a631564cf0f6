// @ts-check
// The four files of Fashion-MNIST. The sums are those of what the gzip files hold, because Debian
// packed the publisher's data anew: other gzip headers, the same pictures.
import fs from 'node:fs';
import path from 'node:path';
import { verifySha256 } from '../files/checksum.mjs';

export const IDX_FILES = {
  'train-images-idx3-ubyte.gz': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'train-labels-idx1-ubyte.gz': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  't10k-images-idx3-ubyte.gz': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  't10k-labels-idx1-ubyte.gz': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
};

/** @param {string} folder */
export function hasIdxFiles(folder) {
  return Object.keys(IDX_FILES).every((name) => fs.existsSync(path.join(folder, name)));
}

/**
 * @param {string} folder
 * @param {string} source what the reader knows the folder by, for the error
 */
export async function verifyIdxFiles(folder, source) {
  for (const [name, sha256] of Object.entries(IDX_FILES)) {
    await verifySha256(path.join(folder, name), sha256, {
      unzipped: true,
      advice: `The file from ${source} is damaged or not Fashion-MNIST: remove or replace it, or set LOOKALIKE_FASHION_MNIST to a folder that holds the four original files.`,
    });
  }
}
