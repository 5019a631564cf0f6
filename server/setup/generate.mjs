// @ts-check
// `npm run generate`: schema.graphql from the resolvers, then web/gql from the schema.
import { execFileSync } from 'node:child_process';
import { inNodeModules, root } from './repository.mjs';
import { setUp } from './runner/setup-session.mjs';
import { generateSteps } from './steps.mjs';

await setUp(generateSteps);
try {
  run('build/server/generate-schema.js');
  run(inNodeModules('@graphql-codegen', 'cli', 'cjs', 'bin.js'), '--config', 'codegen.yml');
} catch {
  process.exitCode = 1; // the program has said what is wrong
}

/** @param {string[]} args */
function run(...args) {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}
