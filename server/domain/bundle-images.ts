import { BundleFields } from './bundle-fields.js';
import { IMAGE_FORMATS, IMAGES_FILE, originalFile, type BundleImage } from './bundle.js';
import { SPLITS } from './dataset.js';

const MAX_SIDE = 100_000_000;

/** A line of `images.jsonl`, with its end. */
export function imageLine(image: BundleImage): string {
  const { name, label, split, metadata, ...rest } = image;
  const entries = Object.fromEntries(metadata.map(({ key, value }) => [key, value]));
  const line = { name, label, split, metadata: entries, ...rest, file: originalFile(image) };
  return `${JSON.stringify(line)}\n`;
}

/** @param number of the line, from 1 @throws LookalikeError BUNDLE_INVALID */
export function parseImageLine(line: string, number: number): BundleImage {
  const fields = BundleFields.parse(line, `${IMAGES_FILE}, line ${number}`);
  const metadata = fields.fields('metadata');
  return {
    name: fields.text('name'),
    label: fields.textOrNull('label'),
    split: fields.oneOf('split', SPLITS),
    metadata: metadata.names().map((key) => ({ key, value: metadata.text(key) })),
    format: fields.oneOf('format', IMAGE_FORMATS),
    width: fields.whole('width', 1, MAX_SIDE),
    height: fields.whole('height', 1, MAX_SIDE),
    channels: fields.whole('channels', 1, 4),
    hasAlpha: fields.flag('hasAlpha'),
    addedAt: fields.date('addedAt'),
    sha256: fields.sha256('sha256'),
  };
}
