// @ts-check
// `npm test [-- vitest arguments]`: what the tests need, then the tests.
import path from 'node:path';
import { findChromium } from './machine/chromium-program.mjs';
import { fashionMnistDir, inNodeModules, root } from './repository.mjs';
import { runInForeground } from './runner/foreground-command.mjs';
import { setUp } from './runner/setup-session.mjs';
import { testSteps } from './steps.mjs';

await setUp(testSteps);
process.env.LOOKALIKE_CHROMIUM = findChromium();
process.env.LOOKALIKE_FASHION_MNIST_DIR ??= fashionMnistDir;
const reporters = ['default', path.join(root, 'test', 'closing-line.reporter.ts')];
process.exitCode = await runInForeground(process.execPath, [
  inNodeModules('vitest', 'vitest.mjs'),
  'run',
  ...['--config', 'test/vitest.config.ts'],
  ...reporters.map((reporter) => `--reporter=${reporter}`),
  ...process.argv.slice(2),
]);
