import type { OnCopied } from '../domain/backup.js';
import { reasonOf } from '../domain/errors.js';
import { isClean, type VerificationReport } from '../domain/verification.js';
import type { VerifyOptions } from './keeping-arguments.js';
import { counted, Progress } from './progress.js';

const COULD_NOT_LOOK = 2;

/** What verifies a data directory, as `verify` of the composition. */
export type Verify = (repairs: boolean, onChecked: OnCopied) => Promise<VerificationReport>;

/** The command `verify`. @returns the exit code */
export async function verifyCommand(
  { repair, json }: VerifyOptions,
  verify: Verify,
): Promise<number> {
  const progress = new Progress(process.stderr, null, Date.now, Date.now(), 'files');
  try {
    const report = await verify(repair, (done, bytes) => {
      progress.add({ done, bytes, refused: 0 });
    });
    progress.clear();
    console.log(
      json ? JSON.stringify({ isClean: isClean(report), ...report }, null, 2) : wordsOf(report),
    );
    return isClean(report) ? 0 : 1;
  } catch (thrown) {
    progress.clear();
    console.error(reasonOf(thrown));
    return COULD_NOT_LOOK;
  }
}

/** The report as people read it. */
export function wordsOf({ isAlone, verified, faults }: VerificationReport): string {
  const { images, storedFiles, storedBytes, embeddings, indexes, unreachable } = verified;
  const left = faults.filter(({ isRepaired }) => !isRepaired).length;
  const lines = faults.map(
    ({ kind, what, isRepaired }) => `${isRepaired ? 'repaired' : 'DAMAGE'}  ${kind}: ${what}`,
  );
  lines.push(
    `Looked at ${counted(images)} images, ${counted(storedFiles)} stored files ` +
      `(${(storedBytes / 1e6).toFixed(1)} MB), ${counted(embeddings)} embeddings, ${counted(indexes)} indexes.`,
  );
  if (unreachable > 0) {
    lines.push(`Searches do not find ${counted(unreachable)} vectors of the indexes: few enough.`);
  }
  if (!isAlone) {
    lines.push(
      'The server runs: what belongs to nothing, or is not embedded yet, was not looked for.',
    );
  }
  lines.push(
    left > 0
      ? `${counted(left)} faults are left.`
      : faults.length > 0
        ? `All ${counted(faults.length)} faults are repaired.`
        : 'Nothing is wrong.',
  );
  return lines.join('\n');
}
