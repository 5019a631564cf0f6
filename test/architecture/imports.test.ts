import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbiddenImports, ROOMS } from './rooms.js';
import { ROOT, sourceFiles, targetsIn } from './source-files.js';

const serverFiles = sourceFiles('server');
const webFiles = sourceFiles('web');

function violations(file: string, text?: string): string[] {
  return forbiddenImports(file, targetsIn(file, text));
}

describe('the table of rooms', () => {
  it('is kept by every file of the server', () => {
    expect(serverFiles.length).toBeGreaterThan(50);
    expect(serverFiles.flatMap((file) => violations(file))).toEqual([]);
  });

  it('names only paths that exist', () => {
    const paths = ROOMS.flatMap(({ holds, imports }) => [...holds, ...imports]);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it.each([
    ['server/domain/x.ts', "import { join } from 'node:path';", 'the package node:path'],
    ['server/ports/x.ts', "import type { Y } from './y.js';", 'server/ports/y.ts'],
    ['server/services/x.ts', "export * from '../api/ids.js';", 'server/api/ids.ts'],
    ['server/services/x.ts', "const x = await import('sharp');", 'the package sharp'],
    ['server/api/x.ts', "import x from '../ports/blobs.js';", 'server/ports/blobs.ts'],
    ['server/ml/x.ts', "import '@tensorflow/tfjs-node';", 'the package @tensorflow/tfjs-node'],
    [
      'server/ml/x.ts',
      "createRequire(import.meta.url)('@tensorflow/tfjs-node/dist/x.js');",
      'the package @tensorflow/tfjs-node',
    ],
    [
      'server/adapters/lock/sqlite/x.ts',
      "type X = import('../../metadata/sqlite/tables.js').Tables;",
      'server/adapters/metadata/sqlite/tables.ts',
    ],
    [
      'server/trainer.ts',
      "import x from './adapters/pictures/sharp/pictures.js';",
      'server/adapters/pictures/sharp/pictures.ts',
    ],
  ])('is broken by %s with `%s`', (file, text, imported) => {
    expect(violations(file, text)).toEqual([`${file} imports ${imported}`]);
  });
});

describe('server and console', () => {
  const crossings = (files: readonly string[], own: string) =>
    files.flatMap((file) =>
      targetsIn(file).flatMap((target) =>
        'file' in target && !target.file.startsWith(own) ? [`${file} imports ${target.file}`] : [],
      ),
    );

  it('the console imports nothing of the server', () => {
    expect(webFiles.length).toBeGreaterThan(10);
    expect(crossings(webFiles, 'web/')).toEqual([]);
  });

  it('the server imports nothing of the console', () => {
    expect(crossings(serverFiles, 'server/')).toEqual([]);
  });
});
