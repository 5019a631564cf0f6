import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { print, type DocumentNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as generated from '../../../web/gql/graphql';

/** Where documents spread fragments; none does so in a file that shows something. */
const MODULES = {
  'web/lib/run-documents.ts': () => import('../../../web/lib/run-documents'),
  'web/components/duplicates/scan-documents.ts': () =>
    import('../../../web/components/duplicates/scan-documents'),
  'web/components/labels/label-documents.ts': () =>
    import('../../../web/components/labels/label-documents'),
  'web/components/models/model-document.ts': () =>
    import('../../../web/components/models/model-document'),
  'web/components/models/comparison-documents.ts': () =>
    import('../../../web/components/models/comparison-documents'),
  'web/components/models/estimate-fragments.ts': () =>
    import('../../../web/components/models/estimate-fragments'),
  'web/components/models/worse-model-document.ts': () =>
    import('../../../web/components/models/worse-model-document'),
  'web/components/runs/comparison-document.ts': () =>
    import('../../../web/components/runs/comparison-document'),
  'web/components/runs/launch-documents.ts': () =>
    import('../../../web/components/runs/launch-documents'),
  'web/components/sweeps/sweep-documents.ts': () =>
    import('../../../web/components/sweeps/sweep-documents'),
};

describe('documents that are parsed where they stand', () => {
  it('spread fragments in these files alone', () => {
    const files = ['web/app', 'web/components', 'web/lib'].flatMap(sourcesBelow);
    const spreading = files.filter((file) =>
      /^ *\.\.\.[A-Z]\w*$/m.test(readFileSync(file, 'utf8')),
    );
    expect(spreading.toSorted()).toEqual(Object.keys(MODULES).toSorted());
  });

  it.each(Object.entries(MODULES))('are what the generator makes of them: %s', async (_, load) => {
    const documents = Object.values<unknown>(await load()).filter(isDocument);
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) {
      expect(definitionsOf(document)).toEqual(definitionsOf(generatedLike(document)));
    }
  });
});

function sourcesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name));
}

function isDocument(value: unknown): value is DocumentNode {
  return typeof value === 'object' && value !== null && 'definitions' in value;
}

function generatedLike(document: DocumentNode): DocumentNode {
  const name = nameOf(document);
  const found = Object.values<DocumentNode>(generated).find(
    (candidate) => nameOf(candidate) === name,
  );
  if (!found) throw new Error(`Nothing was generated for ${name}`);
  return found;
}

/** Of the operation, or of the fragment that is a document of its own. */
function nameOf({ definitions: [first] }: DocumentNode): string | undefined {
  return first && 'name' in first ? first.name?.value : undefined;
}

/** The texts of its operation and fragments, in an order of no meaning. */
function definitionsOf({ definitions }: DocumentNode): string[] {
  return definitions.map((definition) => print(definition)).sort();
}
