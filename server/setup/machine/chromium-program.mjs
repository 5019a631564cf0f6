// @ts-check
import { SetupError } from '../runner/setup-error.mjs';
import { findProgram, isExecutable } from './programs-on-path.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * @returns {string | undefined}
 * @throws {SetupError} when LOOKALIKE_CHROMIUM names no program
 */
export function findChromium() {
  const given = process.env.LOOKALIKE_CHROMIUM;
  if (given && !isExecutable(given)) {
    throw new SetupError(
      `LOOKALIKE_CHROMIUM=${given} is not a program`,
      'Let it name the executable of Chromium or Chrome, or unset it to have one found.',
    );
  }
  if (given) return given;
  const onPath = NAMES.map(findProgram).find(Boolean);
  return onPath ?? (isExecutable(MAC) ? MAC : undefined);
}
