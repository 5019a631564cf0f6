import { parseArgs } from 'node:util';
import { reasonOf } from '../domain/errors.js';
import { UsageError } from './usage-error.js';

/** The commands that work on a data directory, and not through a server. */
export const KEEPING_COMMANDS = ['backup', 'restore', 'verify'] as const;

export interface BackupOptions {
  readonly file: string;
  /** Null takes that of the settings; so in the others. */
  readonly data: string | null;
  readonly force: boolean;
}

export type RestoreOptions = Omit<BackupOptions, 'force'>;

export interface VerifyOptions {
  readonly data: string | null;
  readonly repair: boolean;
  readonly json: boolean;
}

export type KeepingCommand =
  | { readonly name: 'backup'; readonly options: BackupOptions }
  | { readonly name: 'restore'; readonly options: RestoreOptions }
  | { readonly name: 'verify'; readonly options: VerifyOptions };

/** @throws UsageError */
export function parseKeeping(
  name: KeepingCommand['name'],
  words: readonly string[],
): KeepingCommand | null {
  const { values, positionals } = parsed(name, words);
  if (values.help === true) return null;
  const [, file, ...rest] = positionals;
  const data = typeof values.data === 'string' ? values.data : null;
  if (name === 'verify') {
    if (file !== undefined) throw new UsageError(`verify takes no file, such as ${file}.`);
    return { name, options: { data, repair: values.repair === true, json: values.json === true } };
  }
  if (file === undefined) throw new UsageError(`Name the file to ${NEEDED[name]}.`);
  if (rest.length > 0) throw new UsageError(`Name one file, not also ${rest.join(', ')}.`);
  if (name === 'restore') return { name, options: { file, data } };
  return { name, options: { file, data, force: values.force === true } };
}

const NEEDED = { backup: 'write the backup to', restore: 'restore from' };
const FLAG = { type: 'boolean' } as const;
const OPTIONS = {
  backup: { force: FLAG },
  restore: {},
  verify: { repair: FLAG, json: FLAG },
};

function parsed(name: KeepingCommand['name'], words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        ...OPTIONS[name],
      },
    });
    return {
      values: values as Readonly<Record<string, string | boolean | undefined>>,
      positionals,
    };
  } catch (thrown) {
    throw new UsageError(reasonOf(thrown));
  }
}
