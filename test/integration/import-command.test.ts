import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { runCommand, startCommand } from './command-line.js';
import { emptyDirectory, removeDirectory } from './data-directory.js';
import { ask } from './graphql-request.js';
import { catsAndDogs, colouredPicture, writeFolder } from './picture-folder.js';
import { startServer, type RunningServer } from './running-server.js';

interface Told {
  readonly id: string;
  readonly name: string;
  readonly importedCount: number;
  readonly labelCounts: { label: string | null; split: string; count: number }[];
  readonly refusals: { name: string; code: string }[];
}

async function datasetNamed(server: RunningServer, name: string): Promise<Told> {
  const { datasets } = await ask<{ datasets: Told[] }>(
    server,
    '{ datasets { id name importedCount labelCounts { label split count } refusals { name code } } }',
  );
  const dataset = datasets.find((each) => each.name === name);
  if (!dataset) throw new Error(`There is no dataset ${name}.`);
  return dataset;
}

const countOf = ({ labelCounts }: Told, label: string) =>
  labelCounts.filter((each) => each.label === label).reduce((sum, { count }) => sum + count, 0);

describe('the command line', () => {
  let directory: string;
  let server: RunningServer;
  let importInto: (name: string, path: string, ...more: string[]) => ReturnType<typeof runCommand>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lookalike-'));
    server = await startServer(directory);
    importInto = (name, path, ...more) => runCommand(...wordsFor(name, path, server), ...more);
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  it('imports a folder, tells what it did not take, and doubles nothing when repeated', async () => {
    const folder = await writeFolder(join(await emptyDirectory(), 'pets'), {
      ...(await catsAndDogs(120)),
      'cats/notes.txt': 'not a picture',
      '.hidden.png': 'hidden',
    });
    await symlink('/etc/hostname', join(folder, 'dogs', 'link.png'));
    const report = join(await emptyDirectory(), 'report.csv');
    const first = await importInto('pets', folder, '--title', 'Pets', '--report', report);
    expect(first.stdout).toContain('122 files in');
    expect(first.stdout).toContain('120 added, 0 there already, 2 refused');
    expect(first.stdout).toContain('dogs/link.png: LINK_LEAVES_FOLDER');
    expect(first.code).toBe(1);
    const lines = (await readFile(report, 'utf8')).trim().split('\n');
    expect(lines.map((line) => line.split(',').slice(0, 2).join(' ')).sort()).toEqual([
      '"cats/notes.txt" "UPLOAD_NOT_AN_IMAGE"',
      '"dogs/link.png" "LINK_LEAVES_FOLDER"',
      'name code',
    ]);
    const pets = await datasetNamed(server, 'pets');
    expect([pets.importedCount, countOf(pets, 'cats'), countOf(pets, 'dogs')]).toEqual([
      120, 60, 60,
    ]);
    expect(pets.refusals).toEqual([{ name: 'cats/notes.txt', code: 'UPLOAD_NOT_AN_IMAGE' }]);

    const second = await importInto('pets', folder);
    expect(second.stdout).toContain('0 added, 120 there already, 2 refused');
    expect((await datasetNamed(server, 'pets')).importedCount).toBe(120);
  });

  it('imports a zip file with a file of labels', async () => {
    const folder = await emptyDirectory();
    const zip = new ZipFile();
    for (const [name, bytes] of Object.entries(await catsAndDogs(10))) {
      zip.addBuffer(Buffer.from(bytes), `pets/${name}`);
    }
    zip.end();
    const chunks: Buffer[] = [];
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
    const path = join(folder, 'pets.zip');
    await writeFile(path, Buffer.concat(chunks));
    const labels = join(folder, 'labels.csv');
    await writeFile(
      labels,
      'name,label,split,eyes\npets/cats/0.png,tiger,test,green\npets/cats/none.png,x,,\n',
    );
    const ended = await importInto('zipped', path, '--labels', labels);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toContain('10 added');
    expect(ended.stdout).toContain('1 rows without a file (pets/cats/none.png), 9 files without');
    const zipped = await datasetNamed(server, 'zipped');
    expect(zipped.labelCounts).toContainEqual({ label: 'tiger', split: 'TEST', count: 1 });
    expect([countOf(zipped, 'cats'), countOf(zipped, 'dogs')]).toEqual([4, 5]);
  });

  it('goes on by itself when the server was away', async () => {
    const folder = join(await emptyDirectory(), 'many');
    await writeFolder(folder, await catsAndDogs(600));
    const command = startCommand(wordsFor('away', folder, server));
    await someOf(server, 'away');
    await server.stop('SIGKILL');
    server = await startServer(directory, { PORT: String(server.port) });
    const ended = await command.ended;
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('The server does not answer');
    expect(await datasetNamed(server, 'away')).toMatchObject({ importedCount: 600 });
  });

  it('goes on where it was when it was stopped and is given again', async () => {
    const folder = join(await emptyDirectory(), 'many');
    await writeFolder(folder, await catsAndDogs(600));
    const command = startCommand(wordsFor('stopped', folder, server));
    await someOf(server, 'stopped');
    command.signal('SIGINT');
    const stopped = await command.ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('nothing is added twice');
    expect(await importInto('stopped', folder)).toMatchObject({ code: 0 });
    expect(await datasetNamed(server, 'stopped')).toMatchObject({ importedCount: 600 });
  });

  it('tells what is wrong with the words, the path or the server', async () => {
    const folder = await writeFolder(join(await emptyDirectory(), 'one'), {
      'a.png': await colouredPicture(1),
    });
    expect(await runCommand('import', '--help')).toMatchObject({ code: 0 });
    expect(await runCommand('import', folder)).toMatchObject({ code: 2 });
    expect(await importInto('x', join(folder, 'none'))).toMatchObject({ code: 2 });
    const nobody = await runCommand(
      ...['import', folder, '--dataset', 'x', '--server', 'http://127.0.0.1:9'],
    );
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toContain('Start it with `npm start`');
    expect(nobody.stderr).not.toContain('    at ');
  });
});

function wordsFor(name: string, path: string, { url }: RunningServer): string[] {
  return ['import', path, '--dataset', name, '--server', url];
}

/** Waits until the dataset has images. */
async function someOf(server: RunningServer, name: string): Promise<void> {
  for (;;) {
    const { datasets } = await ask<{ datasets: { name: string; importedCount: number }[] }>(
      server,
      '{ datasets { name importedCount } }',
    );
    if (datasets.some((each) => each.name === name && each.importedCount > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
