import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Writes rooms of the server as JavaScript into a folder, that processes of their own run them. */
export async function transpileRooms(rooms: readonly string[], folder: string): Promise<void> {
  for (const room of rooms) await transpile(join('server', room), folder);
}

async function transpile(room: string, folder: string): Promise<void> {
  for (const name of await readdir(room, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const source = await readFile(join(room, name), 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const target = join(folder, room, name.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
}
