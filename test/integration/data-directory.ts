import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

/** A copy of imported data that a whole file of tests works on; the caller removes it. */
export async function copyOfImportedData(
  which: 'importedData' | 'smallImportedData',
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'lookalike-'));
  await cp(inject(which), directory, { recursive: true });
  return directory;
}

export function removeDirectory(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true });
}

/** An empty directory for one test, removed after it. */
export async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'lookalike-'));
  onTestFinished(() => removeDirectory(directory));
  return directory;
}

/** An empty directory for a whole file of tests; the caller removes it. */
export function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'lookalike-'));
}
