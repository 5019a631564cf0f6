import { gql } from 'urql';
import type { DocumentNode } from 'graphql';
import type { graphql as generated } from '../gql';

/**
 * A document from its text, with the types that the generated client has for that text. The generated
 * function looks the text up in a table of all documents, which brings every page the documents of
 * all of them; this one parses the one text. Fragments that it spreads are given by `withFragments`.
 */
export const graphql = ((text: string) => gql(text)) as typeof generated;

/** The document with the fragments that it spreads, and with what is spread in those. */
export function withFragments<Document extends DocumentNode>(
  { kind, definitions }: Document,
  ...fragments: readonly DocumentNode[]
): Document {
  const spread = fragments.flatMap((fragment) => fragment.definitions);
  return {
    kind,
    definitions: [...new Set([...definitions, ...spread])],
  } as DocumentNode as Document;
}
