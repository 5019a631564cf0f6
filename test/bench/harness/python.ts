import { readFileSync } from 'node:fs';

/**
 * TensorFlow takes oneDNN by itself only where the processor has VNNI. On others its convolutions over
 * many pictures are two to three times slower without: there, what ours is compared with gets it. Over
 * one picture, as a search by upload has it, it is slower with.
 */
export const WITH_ONEDNN = { TF_ENABLE_ONEDNN_OPTS: '1' };

/** What the set-up of `npm run bench` leaves in BENCH_PYTHON, see server/setup/bench/python.mjs. */
export type FoundPython =
  | { readonly program: string; readonly versions: Readonly<Record<string, string>> }
  | { readonly reason: string };

/** The Python with TensorFlow and FAISS in it, or why there is none. */
export function pythonHere(): FoundPython {
  const file = process.env['BENCH_PYTHON'];
  if (!file) return { reason: 'left out' };
  return JSON.parse(readFileSync(file, 'utf8')) as FoundPython;
}
