// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What shrinks; pictures and fonts are packed already. */
const PACKED = new Set(['.js', '.css']);

/**
 * Packs the scripts and styles below a folder as well as Brotli and gzip can, each into files `.br` and `.gz`
 * beside it.
 * @param {string} folder
 */
export function packFolder(folder) {
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!PACKED.has(path.extname(name))) continue;
    const file = path.join(folder, name);
    const bytes = fs.readFileSync(file);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    };
    fs.writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
    const most = { level: constants.Z_BEST_COMPRESSION, memLevel: constants.Z_MAX_MEMLEVEL };
    fs.writeFileSync(`${file}.gz`, gzipSync(bytes, most));
  }
}
