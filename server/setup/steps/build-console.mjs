// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { packFolder } from '../files/packed.mjs';
import { hashContents } from '../files/content-hash.mjs';
import { inNodeModules, root } from '../repository.mjs';
import { SetupError } from '../runner/setup-error.mjs';

const SOURCES = [
  'web',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'server/setup/files/packed.mjs',
];
/** Made by `next build` itself. */
const PRODUCTS = new Set([
  'web/.next',
  'web/node_modules',
  'web/next-env.d.ts',
  'web/tsconfig.tsbuildinfo',
]);

/** @type {import('../runner/step-runner.mjs').Step} */
export const buildConsole = {
  name: 'build-console',
  title: 'the compiled console',
  fingerprint: () => hashContents(root, SOURCES, (file) => PRODUCTS.has(file)),
  isDone: () => fs.existsSync(path.join(root, 'web', '.next', 'BUILD_ID')),
  async run(report) {
    const next = inNodeModules('next', 'dist', 'bin', 'next');
    const env = /** @type {NodeJS.ProcessEnv} */ ({
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    });
    try {
      await report.phase('next build', () =>
        report.command(process.execPath, [next, 'build', 'web'], { cwd: root, env }),
      );
    } catch {
      throw new SetupError(
        'the console does not build',
        'Mend the errors that next names above, or check out a commit that builds.',
      );
    }
    packFolder(path.join(root, 'web', '.next', 'static'));
  },
};
