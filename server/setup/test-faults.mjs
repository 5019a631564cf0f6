// @ts-check
// `npm run test:faults [-- --kills N --minutes N --seed N --kinds a,b --soak [MINUTES]] [vitest arguments]`: kills a
// server, damages its files and overloads it, longer than `npm test` does.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inNodeModules, root } from './repository.mjs';
import { runInForeground } from './runner/foreground-command.mjs';
import { setUp } from './runner/setup-session.mjs';
import { serverSteps } from './steps.mjs';

const KILLS = '200';
const SOAK_MINUTES = '20';

const args = process.argv.slice(2);
const soakAt = args.indexOf('--soak');
if (soakAt >= 0 && !/^\d+$/.test(args[soakAt + 1] ?? '')) args.splice(soakAt + 1, 0, SOAK_MINUTES);
const { values, positionals } = parseArgs({
  args,
  allowPositionals: true,
  options: {
    kills: { type: 'string' },
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kinds: { type: 'string', default: '' },
    soak: { type: 'string' },
  },
});
await setUp(serverSteps);
process.env.LOOKALIKE_FAULTS_KILLS = values.kills ?? KILLS;
process.env.LOOKALIKE_FAULTS_MINUTES = values.minutes;
process.env.LOOKALIKE_FAULTS_SEED = values.seed;
process.env.LOOKALIKE_FAULTS_KINDS = values.kinds;
process.env.LOOKALIKE_FAULTS_SOAK = values.soak ?? '0';
// A soak alone, unless kills are asked for too.
const isSoakAlone = values.soak !== undefined && values.kills === undefined;
const files = positionals.length > 0 ? positionals : isSoakAlone ? ['test/faults/soak'] : [];
process.exitCode = await runInForeground(process.execPath, [
  inNodeModules('vitest', 'vitest.mjs'),
  'run',
  ...['--config', 'test/vitest.config.ts', '--project', 'faults'],
  `--reporter=${path.join(root, 'test', 'closing-line.reporter.ts')}`,
  '--reporter=default',
  ...files,
]);
