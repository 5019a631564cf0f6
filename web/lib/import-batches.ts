/** Files that travel in one request: few enough bytes to be soon there, enough files to be quick. */
export const BATCH_MAX_BYTES = 8 * 1024 * 1024;
export const BATCH_MAX_COUNT = 25;

interface Sized {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** The files in their order, in batches; a name stands in a batch once, a large file travels alone. */
export function* batchesOf<File extends Sized>(
  files: Iterable<File>,
  maxBytes = BATCH_MAX_BYTES,
  maxCount = BATCH_MAX_COUNT,
): Generator<File[], void> {
  let batch: File[] = [];
  let bytes = 0;
  const names = new Set<string>();
  for (const file of files) {
    const full = batch.length >= maxCount || bytes + file.size > maxBytes || names.has(file.name);
    if (full && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
      names.clear();
    }
    batch.push(file);
    bytes += file.size;
    names.add(file.name);
  }
  if (batch.length > 0) yield batch;
}
