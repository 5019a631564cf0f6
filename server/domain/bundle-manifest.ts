import { BundleFields } from './bundle-fields.js';
import {
  BUNDLE_FORMAT,
  BUNDLE_VERSION,
  bundleInvalid,
  MANIFEST_FILE,
  MAX_BUNDLE_IMAGES,
  type BundleManifest,
  type Fingerprint,
} from './bundle.js';

/** The text of `manifest.json`. */
export function manifestText(manifest: BundleManifest): string {
  const { name, title, exportedAt, counts, files } = manifest;
  const content = {
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    dataset: { name, title },
    exportedAt,
    counts,
    files: Object.fromEntries(files),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** @throws LookalikeError BUNDLE_INVALID */
export function parseManifest(text: string): BundleManifest {
  const fields = BundleFields.parse(text, MANIFEST_FILE);
  if (fields.text('format') !== BUNDLE_FORMAT) {
    throw bundleInvalid(`the format in ${MANIFEST_FILE} is not ${BUNDLE_FORMAT}`);
  }
  const version = fields.number('version');
  if (version !== BUNDLE_VERSION) {
    throw bundleInvalid(
      `it is of version ${version}, and this Lookalike reads version ${BUNDLE_VERSION}`,
    );
  }
  const dataset = fields.fields('dataset');
  const counts = fields.fields('counts');
  return {
    name: dataset.text('name'),
    title: dataset.text('title'),
    exportedAt: fields.date('exportedAt'),
    counts: {
      images: counts.whole('images', 0, MAX_BUNDLE_IMAGES),
      originals: counts.whole('originals', 0, MAX_BUNDLE_IMAGES),
      embeddings: counts.whole('embeddings', 0, MAX_BUNDLE_IMAGES),
    },
    files: filesOf(fields.fields('files')),
  };
}

function filesOf(files: BundleFields): Map<string, Fingerprint> {
  return new Map(
    files.names().map((name) => {
      const file = files.fields(name);
      const size = file.whole('size', 0, Number.MAX_SAFE_INTEGER);
      return [name, { size, sha256: file.sha256('sha256') }];
    }),
  );
}
