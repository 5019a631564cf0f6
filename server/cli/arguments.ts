import { parseArgs } from 'node:util';
import { checkDatasetName } from '../domain/dataset-name.js';
import type { Split } from '../domain/dataset.js';
import { reasonOf } from '../domain/errors.js';
import { KEEPING_COMMANDS, parseKeeping, type KeepingCommand } from './keeping-arguments.js';
import { UsageError } from './usage-error.js';

export interface ImportOptions {
  /** A folder or a zip file. */
  readonly path: string;
  readonly dataset: string;
  readonly title: string | null;
  readonly labels: string | null;
  readonly split: Split | null;
  /** Without a slash at its end. */
  readonly server: string;
  readonly report: string | null;
}

export type CommandName = 'import' | KeepingCommand['name'];

export type Command =
  | { readonly name: 'help'; readonly about: CommandName | null }
  | { readonly name: 'import'; readonly options: ImportOptions }
  | KeepingCommand;

/**
 * @param port of the server that is meant where none is named
 * @throws UsageError
 */
export function parseArguments(words: readonly string[], port = '4000'): Command {
  const keeping = KEEPING_COMMANDS.find((name) => name === words[0]);
  if (keeping) return parseKeeping(keeping, words) ?? { name: 'help', about: keeping };
  const { values, positionals } = parsed(words);
  const [command, path, ...rest] = positionals;
  if (values.help) return { name: 'help', about: command === 'import' ? 'import' : null };
  if (command === undefined) return { name: 'help', about: null };
  if (command !== 'import') throw new UsageError(`There is no command "${command}".`);
  if (path === undefined) throw new UsageError('Name the folder or the .zip file to import.');
  if (rest.length > 0) {
    throw new UsageError(`Import one folder or .zip file at a time, not also ${rest.join(', ')}.`);
  }
  if (values.dataset === undefined) throw new UsageError('Name the dataset: --dataset NAME.');
  try {
    checkDatasetName(values.dataset);
  } catch (thrown) {
    throw new UsageError(`--dataset: ${reasonOf(thrown)}`);
  }
  return {
    name: 'import',
    options: {
      path,
      dataset: values.dataset,
      title: values.title ?? null,
      labels: values.labels ?? null,
      split: values.split === undefined ? null : splitOf(values.split),
      server: serverOf(values.server ?? `http://localhost:${port}`),
      report: values.report ?? null,
    },
  };
}

/** A split as people write it. @throws UsageError */
export function splitOf(text: string): Split {
  const split = text.trim().toUpperCase();
  if (split === 'TRAIN' || split === 'TEST') return split;
  throw new UsageError(`"${text}" is no split: it is train or test.`);
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        dataset: { type: 'string' },
        title: { type: 'string' },
        labels: { type: 'string' },
        split: { type: 'string' },
        server: { type: 'string' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (thrown) {
    throw new UsageError(reasonOf(thrown));
  }
}

function serverOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text.replace(/\/+$/, '');
  throw new UsageError(`--server: "${text}" is no address such as http://localhost:4000.`);
}
