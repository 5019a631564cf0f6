import { parseArguments, UsageError } from './cli/arguments.js';
import { HELP, IMPORT_HELP } from './cli/help.js';
import { importPictures } from './cli/import.js';
import { reasonOf } from './domain/errors.js';

const INTERRUPTED = 130;

/** The command line: 0 when all went well, 1 when not, 2 when it was asked wrongly. */
async function main(words: readonly string[]): Promise<number> {
  const command = parseArguments(words);
  if (command.name === 'help') {
    console.log(command.about === 'import' ? IMPORT_HELP : HELP);
    return 0;
  }
  process.on('SIGINT', () => {
    process.stderr.write(
      '\nStopped. The same command goes on where this one was; nothing is added twice.\n',
    );
    process.exit(INTERRUPTED);
  });
  return importPictures(command.options, process.env['LOOKALIKE_KEY'] || null);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    const isUsage = thrown instanceof UsageError;
    console.error(reasonOf(thrown));
    if (isUsage) console.error('`lookalike import --help` tells how it is used.');
    process.exitCode = isUsage ? 2 : 1;
  },
);
