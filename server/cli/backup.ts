import type { BackupReport, OnCopied } from '../domain/backup.js';
import type { BackupOptions, RestoreOptions } from './keeping-arguments.js';
import { counted, Progress } from './progress.js';

/** What a command was interrupted in. */
class Interrupted extends Error {}

const INTERRUPTED = 130;

/** What writes a backup, as `backUp` of the composition. */
export type BackUp = (file: string, replaces: boolean, onCopied: OnCopied) => Promise<BackupReport>;
/** What restores one, likewise. */
export type Restore = (file: string, onCopied: OnCopied) => Promise<BackupReport>;

/** The command `backup`. @returns the exit code @throws LookalikeError as `backUp` */
export function backupCommand({ file, force }: BackupOptions, backUp: BackUp): Promise<number> {
  return followed(async (onCopied) => {
    const { lostBlobs, ...report } = await backUp(file, force, onCopied);
    console.log(`${file}: ${wordsOf(report)}.`);
    if (lostBlobs.length === 0) return 0;
    console.error(
      `${counted(lostBlobs.length)} stored files are missing or damaged, and not in it. ` +
        '`lookalike verify` tells which.',
    );
    return 1;
  });
}

/** The command `restore`. @returns the exit code @throws LookalikeError as `restore` */
export function restoreCommand({ file }: RestoreOptions, restore: Restore): Promise<number> {
  return followed(async (onCopied) => {
    const { lostBlobs, ...report } = await restore(file, onCopied);
    console.log(`${file} is restored: ${wordsOf(report)}, of ${report.madeAt.toISOString()}.`);
    if (lostBlobs.length > 0) {
      console.error(
        `${counted(lostBlobs.length)} stored files were missing or damaged when it was made. ` +
          '`lookalike verify` tells which.',
      );
    }
    return 0;
  });
}

function wordsOf({ blobCount, byteLength }: Omit<BackupReport, 'lostBlobs'>): string {
  return `${counted(blobCount)} stored files, ${(byteLength / 1e6).toFixed(1)} MB`;
}

/** Shows how far it is; Ctrl-C ends it in an orderly way, with nothing left behind. */
async function followed(work: (onCopied: OnCopied) => Promise<number>): Promise<number> {
  const progress = new Progress(process.stderr, null, Date.now, Date.now(), 'files');
  let isInterrupted = false;
  const interrupt = () => {
    if (isInterrupted) process.exit(INTERRUPTED);
    isInterrupted = true;
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await work((files, bytes) => {
      if (isInterrupted) throw new Interrupted();
      progress.add({ done: files, bytes, refused: 0 });
    });
  } catch (thrown) {
    if (!(thrown instanceof Interrupted)) throw thrown;
    progress.say('Stopped. Nothing is left behind.');
    return INTERRUPTED;
  } finally {
    progress.clear();
  }
}
