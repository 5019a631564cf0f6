import type { PlannedFile } from './import-plan';

/** A file whose bytes are here. */
export interface LoadedFile extends Omit<PlannedFile, 'open'> {
  readonly file: File;
}

/**
 * Reads a file before it is sent: one that has vanished must not look like a server that is away.
 * Throws where it cannot be read.
 */
export async function load({ open, ...planned }: PlannedFile): Promise<LoadedFile> {
  const bytes = await (await open()).arrayBuffer();
  return { ...planned, file: new File([bytes], planned.name.split('/').at(-1) ?? planned.name) };
}
