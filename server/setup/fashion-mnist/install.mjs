// @ts-check
import fs from 'node:fs';
import { SetupError } from '../runner/setup-error.mjs';
import { verifyIdxFiles } from './idx-files.mjs';

/**
 * Tries the sources in order and keeps the first whose four files have the right contents.
 * @param {import('./sources.mjs').Source[]} sources
 * @param {string} target
 * @param {import('../runner/step-report.mjs').StepReport} report
 */
export async function installFashionMnist(sources, target, report) {
  const staging = `${target}.new`;
  /** @type {string[]} */
  const failures = [];
  for (const source of sources) {
    fs.rmSync(staging, { recursive: true, force: true });
    fs.mkdirSync(staging, { recursive: true });
    try {
      await report.phase(`fetching 30 MB from ${source.name}`, async () => {
        await source.fill(staging, report);
        await verifyIdxFiles(staging, source.name);
      });
      fs.rmSync(target, { recursive: true, force: true });
      fs.renameSync(staging, target);
      return;
    } catch (error) {
      if (source.binding) throw asSetupError(error, source.name);
      failures.push(`${source.name}: ${reason(error)}`);
    } finally {
      fs.rmSync(staging, { recursive: true, force: true });
    }
  }
  throw new SetupError(
    `Fashion-MNIST came from none of its sources (${failures.join('; ')})`,
    `Set LOOKALIKE_FASHION_MNIST to a folder that holds its four .gz files, or check the network and run again.`,
  );
}

/** @param {unknown} error @param {string} source */
function asSetupError(error, source) {
  if (error instanceof SetupError) return error;
  return new SetupError(
    `${source}: ${reason(error)}`,
    'Let it name a folder that holds the four .gz files of Fashion-MNIST, or unset it to have them downloaded.',
  );
}

/** @param {unknown} error */
function reason(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
