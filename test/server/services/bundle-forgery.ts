import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { ZipBundles } from '../../../server/adapters/bundles/zip/zip-bundles.js';
import { bundleBytes, fingerprint } from '../../contract/bundle-bytes.js';

export type BundleFiles = Map<string, Buffer>;

/** A bundle with changed files. `signed` gives its manifest the checksums of what is changed. */
export async function forged(
  bundle: Buffer,
  change: (files: BundleFiles) => void,
  { signed }: { readonly signed: boolean },
): Promise<Buffer> {
  const files = await filesIn(bundle);
  change(files);
  if (signed) {
    changeJson(files, 'manifest.json', (manifest) => {
      const named = Object.keys(objectIn(manifest, 'files'));
      const prints = named.map((name) => [name, fingerprint(files.get(name) ?? Buffer.alloc(0))]);
      return { ...manifest, files: Object.fromEntries(prints) as unknown };
    });
  }
  return bundleBytes(new ZipBundles(''), async (writer) => {
    for (const [name, bytes] of files) await writer.add(name, bytes);
  });
}

export async function filesIn(bundle: Buffer): Promise<BundleFiles> {
  const files: BundleFiles = new Map();
  const zip = await yauzl.fromBufferPromise(bundle, { autoClose: false });
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return files;
}

type Json = Record<string, unknown>;

export function changeJson(files: BundleFiles, name: string, change: (json: Json) => Json): void {
  const json = JSON.parse(files.get(name)?.toString() ?? '') as Json;
  files.set(name, Buffer.from(JSON.stringify(change(json))));
}

/** Changes the lines of `images.jsonl`, and the number of them that the manifest tells. */
export function changeLines(files: BundleFiles, change: (lines: Json[]) => Json[]): void {
  const lines = files.get('images.jsonl')?.toString().trim().split('\n') ?? [];
  const changed = change(lines.map((line) => JSON.parse(line) as Json));
  const text = changed.map((line) => `${JSON.stringify(line)}\n`).join('');
  files.set('images.jsonl', Buffer.from(text));
  changeJson(files, 'manifest.json', (manifest) => ({
    ...manifest,
    counts: { ...objectIn(manifest, 'counts'), images: changed.length },
  }));
}

function objectIn(json: Json, key: string): Json {
  return json[key] as Json;
}
