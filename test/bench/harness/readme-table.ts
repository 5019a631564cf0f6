import { format, resolveConfig } from 'prettier';
import type { Results } from './results.js';
import { tableOf } from './table.js';

export const RESULTS_FILE = 'test/bench/results.json';

const START = '<!-- bench: written by `npm run bench -- --write` -->';
const END = '<!-- bench: end -->';

/**
 * The text with the table of the results between its marks.
 * @throws Error when the text lacks them
 */
export function withTable(markdown: string, results: Results): string {
  const start = markdown.indexOf(START);
  const end = markdown.indexOf(END);
  if (start < 0 || end < start) throw new Error(`There is no "${START}" before an "${END}".`);
  const before = markdown.slice(0, start + START.length);
  return `${before}\n\n${tableOf(results)}\n${markdown.slice(end)}`;
}

/** As `npm run check` wants a file of this name. */
export async function formatted(text: string, file: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
