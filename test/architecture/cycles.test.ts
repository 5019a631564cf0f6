import { expect, it } from 'vitest';
import { sourceFiles, targetsIn } from './source-files.js';

it('no files of the server import each other in a circle', () => {
  const graph = new Map(sourceFiles('server').map((file) => [file, filesImportedBy(file)]));
  expect(graph.get('server/main.ts')).toContain('server/compose.ts');
  expect(circlesIn(graph)).toEqual([]);
});

it('a circle would be found', () => {
  const graph = new Map([
    ['server/a.ts', filesImportedBy('server/a.ts', "import { b } from './b.js';")],
    ['server/b.ts', filesImportedBy('server/b.ts', "export * from './c.js';")],
    ['server/c.ts', filesImportedBy('server/c.ts', "import './a.js';")],
  ]);
  expect(circlesIn(graph)).toEqual(['server/a.ts > server/b.ts > server/c.ts > server/a.ts']);
});

function filesImportedBy(file: string, text?: string): string[] {
  return targetsIn(file, text).flatMap((target) => ('file' in target ? [target.file] : []));
}

/** Each circle as the path that was walked. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return circles;
}
