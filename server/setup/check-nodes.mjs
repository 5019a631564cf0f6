// @ts-check
// `npm run check:nodes [-- 22 24]`: `npm run check`, and a server from nothing to a first answer, on other
// versions of Node than the one at hand, which npx fetches from the registry.
import { spawnSync } from 'node:child_process';
import { npmCli } from './machine/npm-program.mjs';
import { root } from './repository.mjs';

const VERSIONS = ['22', '24'];

const given = process.argv.slice(2);
const failed = [];
for (const version of given.length > 0 ? given : VERSIONS) {
  for (const script of ['server/setup/check.mjs', 'server/setup/check/smoke.mjs']) {
    console.log(`\n=== Node ${version}: ${script}`);
    const node = ['exec', '--yes', `--package=node@${version}`, '--', 'node'];
    const { status } = spawnSync(process.execPath, [npmCli(), ...node, script], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) failed.push(`Node ${version}: ${script}`);
  }
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
