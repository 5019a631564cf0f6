import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Made by machines, or by npm: nobody is asked to keep them in order. */
const GENERATED = new Set(['node_modules', '.next', 'gql', 'next-env.d.ts']);
const SOURCE = /\.(ts|tsx|mts|mjs|cjs|js)$/;

/** What an import leads to: a file of ours, or a package (`node:fs`, `@scope/name`). */
export type Target = { readonly file: string } | { readonly package: string };

/** The written source files under a folder, relative to the repository, with forward slashes. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !GENERATED.has(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sourceFiles(path);
      return SOURCE.test(entry.name) ? [path] : [];
    });
}

export function sourceOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

export function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Everything a file imports, however it says so. */
export function targetsIn(file: string, text = sourceOf(file)): Target[] {
  const found: Target[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(targetOf(file, specifier.text));
    ts.forEachChild(node, visit);
  };
  visit(parse(file, text));
  return found;
}

function targetOf(file: string, specifier: string): Target {
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(file), specifier);
    return { file: path.replace(/\.js$/, '.ts') };
  }
  if (specifier.startsWith('node:')) return { package: specifier };
  const parts = specifier.split('/');
  return { package: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  }
  return ts.isCallExpression(node) && loadsModule(node.expression) ? node.arguments[0] : undefined;
}

/** `import(...)`, `require(...)` and `createRequire(...)(...)`. */
function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isIdentifier(callee)) return callee.text === 'require';
  return (
    ts.isCallExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === 'createRequire'
  );
}
