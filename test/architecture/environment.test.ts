import ts from 'typescript';
import { expect, it } from 'vitest';
import { parse, sourceFiles, sourceOf } from './source-files.js';

/** The entries hand the environment to `readConfig`; a client of ours takes from there the port of its server, and its key, which no list of processes shows; TensorFlow takes its settings from there. */
const ALLOWED = [
  'server/admin-key.ts: readConfig(process.env)',
  "server/cli.ts: process.env['LOOKALIKE_DATA_DIR']",
  "server/cli.ts: process.env['LOOKALIKE_KEY']",
  "server/cli.ts: process.env['PORT']",
  'server/cli.ts: readConfig(process.env)',
  'server/embedder.ts: readConfig(process.env)',
  "server/main.ts: process.env['LOOKALIKE_ADMIN_KEY']",
  'server/main.ts: readConfig(process.env)',
  "server/ml/tf.ts: process.env['TF_CPP_MIN_LOG_LEVEL']",
  'server/trainer.ts: readConfig(process.env)',
];

it('only config.ts reads the environment, from the hands of the entries', () => {
  const files = sourceFiles('server').filter((file) => !file.startsWith('server/setup/'));
  const uses = files.flatMap((file) => environmentUses(file, sourceOf(file)));
  expect(uses.sort()).toEqual(ALLOWED);
});

it.each([
  ["const port = process.env['PORT'];", "process.env['PORT']"],
  ['const { env } = process;', '{ env } = process'],
  ["import { env } from 'node:process';", "import { env } from 'node:process';"],
])('a look at the environment would be found: %s', (text, use) => {
  expect(environmentUses('server/x.ts', text)).toEqual([`server/x.ts: ${use}`]);
});

/** Each place with what is done there. */
function environmentUses(file: string, text: string): string[] {
  const uses: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isProcessEnv(node)) uses.push(`${file}: ${node.parent.getText()}`);
    else if (isProcessTakenApart(node)) uses.push(`${file}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(parse(file, text));
  return uses;
}

function isProcessEnv(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'env' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'process'
  );
}

function isProcessTakenApart(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) {
    return /^(node:)?process$/.test((node.moduleSpecifier as ts.StringLiteral).text);
  }
  return (
    ts.isVariableDeclaration(node) &&
    ts.isObjectBindingPattern(node.name) &&
    node.initializer?.getText() === 'process'
  );
}
