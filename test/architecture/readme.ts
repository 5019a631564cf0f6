import { sourceOf } from './source-files.js';

/** The first cells of a table of README.md, without their backticks, in the order they stand. */
export function firstColumn(heading: string): string[] {
  return firstColumnIn(sourceOf('README.md'), heading);
}

export function firstColumnIn(markdown: string, heading: string): string[] {
  return rowsIn(markdown, heading).map(([name = '']) => name.replaceAll('`', ''));
}

/** The cells of the rows that begin with "| `…` |" in the section under `## heading`. */
export function rowsIn(markdown: string, heading: string): string[][] {
  const lines = markdown.split('\n');
  const start = lines.indexOf(`## ${heading}`);
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('## '));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .filter((line) => /^\| `[^`]+` +\|/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
