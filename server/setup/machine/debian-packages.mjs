// @ts-check
import { findProgram } from './programs-on-path.mjs';

/** Installing needs root; only then do we do it unasked (containers, CI). */
export function canInstallDebianPackages() {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

/**
 * @param {import('../runner/step-report.mjs').StepReport} report
 * @param {string[]} packages
 */
export async function installDebianPackages(report, packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await report.phase(`installing ${packages.join(' ')} (apt-get)`, async () => {
    await report.command('apt-get', ['update'], { env });
    await report.command('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env,
    });
  });
}
