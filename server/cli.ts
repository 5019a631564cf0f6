import { parseArguments, type Command, type CommandName } from './cli/arguments.js';
import { backupCommand, restoreCommand } from './cli/backup.js';
import { BACKUP_HELP, HELP, IMPORT_HELP, RESTORE_HELP, VERIFY_HELP } from './cli/help.js';
import { importPictures } from './cli/import.js';
import type { KeepingCommand } from './cli/keeping-arguments.js';
import { UsageError } from './cli/usage-error.js';
import { verifyCommand } from './cli/verify.js';
import { readConfig } from './config.js';
import { reasonOf } from './domain/errors.js';

const INTERRUPTED = 130;

const HELP_ABOUT: Readonly<Record<CommandName, string>> = {
  import: IMPORT_HELP,
  backup: BACKUP_HELP,
  restore: RESTORE_HELP,
  verify: VERIFY_HELP,
};

/** The command line: 0 when all went well, 1 when not, 2 when it was asked wrongly. */
async function main(words: readonly string[]): Promise<number> {
  const command: Command = parseArguments(words, portOf(process.env['PORT']));
  if (command.name === 'help') {
    console.log(command.about === null ? HELP : HELP_ABOUT[command.about]);
    return 0;
  }
  if (command.name !== 'import') return keep(command);
  process.on('SIGINT', () => {
    process.stderr.write(
      '\nStopped. The same command goes on where this one was; nothing is added twice.\n',
    );
    process.exit(INTERRUPTED);
  });
  return importPictures(command.options, process.env['LOOKALIKE_KEY'] || null);
}

/** A port that any may be taken for names no server. */
function portOf(text = ''): string | undefined {
  return /^[1-9]\d*$/.test(text) ? text : undefined;
}

/** Loaded where it is needed: an import is a client, and opens no data directory. */
async function keep({ name, options }: KeepingCommand): Promise<number> {
  const keeping = await import('./compose-keeping.js');
  // The process that embeds reads it from there.
  if (options.data !== null) process.env['LOOKALIKE_DATA_DIR'] = options.data;
  const config = readConfig(process.env);
  const { dataDirectory } = config;
  if (name === 'backup') {
    return backupCommand(options, (...rest) => keeping.backUp(dataDirectory, ...rest));
  }
  if (name === 'restore') {
    return restoreCommand(options, (file, ...rest) =>
      keeping.restore(file, dataDirectory, ...rest),
    );
  }
  return verifyCommand(options, (...rest) => keeping.verify(config, ...rest));
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    const isUsage = thrown instanceof UsageError;
    console.error(reasonOf(thrown));
    if (isUsage) console.error('`lookalike --help` tells how it is used.');
    process.exitCode = isUsage ? 2 : 1;
  },
);
