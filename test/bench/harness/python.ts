import { readFileSync } from 'node:fs';

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
