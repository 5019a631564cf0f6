/* What any import must do at the least: node plain-import.js FILE.gz... unzips and hashes every image. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { answerRequests } from '../harness/conversation.js';

const IMAGES = { header: 16, size: 28 * 28 };
const LABELS = { header: 8, size: 1 };

await answerRequests(() => {
  const begun = performance.now();
  let hashed = 0;
  for (const file of process.argv.slice(2)) {
    const isOfImages = file.includes('images');
    const { header, size } = isOfImages ? IMAGES : LABELS;
    const bytes = gunzipSync(readFileSync(file)).subarray(header);
    for (let start = 0; isOfImages && start < bytes.byteLength; start += size) {
      createHash('sha256')
        .update(bytes.subarray(start, start + size))
        .digest('hex');
      hashed += 1;
    }
  }
  return { seconds: (performance.now() - begun) / 1000, hashed };
});
