// @ts-check
import { findChromium } from '../machine/chromium-program.mjs';
import { canInstallDebianPackages, installDebianPackages } from '../machine/debian-packages.mjs';
import { SetupError } from '../runner/setup-error.mjs';

/** Only the tests need it. @type {import('../runner/step-runner.mjs').Step} */
export const chromium = {
  name: 'chromium',
  title: 'a browser for the tests',
  fingerprint: () => process.env.LOOKALIKE_CHROMIUM ?? 'found',
  isDone: () => {
    try {
      return findChromium() !== undefined;
    } catch {
      return false; // run() says what is wrong
    }
  },
  async run(report) {
    if (findChromium()) return;
    if (canInstallDebianPackages()) await installDebianPackages(report, ['chromium']);
    if (findChromium()) return;
    throw new SetupError(
      'no Chromium or Chrome was found; the tests drive the console with one',
      'Install it (Debian: apt-get install chromium; macOS: Google Chrome) or set LOOKALIKE_CHROMIUM to its executable.',
    );
  },
};
