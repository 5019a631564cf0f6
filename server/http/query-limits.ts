import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** As deep as fields may lie in each other. */
export const MAX_DEPTH = 14;
/** As many fields as a document may ask for, fragments written out wherever they are spread. */
export const MAX_FIELDS = 1000;
/** As many fields as may bear another name than their own: the same thing many times over. */
export const MAX_ALIASES = 60;
/** As many words and signs as a document may have. */
export const MAX_TOKENS = 2000;

/** Of one selection of fields. */
interface Measure {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
}

/** How deep these may go GraphQL's own rules say (`MaxIntrospectionDepthRule`); tools go deeper than we may. */
const INTROSPECTION = new Set(['__schema', '__type']);

const NOTHING: Measure = { depth: 0, fields: 0, aliases: 0 };

/**
 * A rule for documents (`ValidationRule`) that nest too deeply, ask for too much, or for the same too often.
 * Each fragment is measured once, wherever it is spread: what it holds cannot be multiplied by nesting.
 */
export function withinLimits(context: ValidationContext): ASTVisitor {
  return {
    Document: (document) => {
      const { depth, fields, aliases } = measureOf(document);
      const told = [
        [depth, MAX_DEPTH, 'levels deep'],
        [fields, MAX_FIELDS, 'fields'],
        [aliases, MAX_ALIASES, 'aliases'],
      ] as const;
      for (const [found, most, what] of told) {
        if (found <= most) continue;
        context.reportError(
          new GraphQLError(`The document has ${found} ${what}; ${most} are the most.`),
        );
      }
    },
  };
}

/** The largest of each measure among the operations of a document. */
export function measureOf({ definitions }: DocumentNode): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const measured = new Map<string, Measure>();
  const measureFragment = (name: string): Measure => {
    const known = measured.get(name);
    if (known) return known;
    // One that spreads itself is refused by another rule; here it must only come to an end.
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const measure = fragment ? measureSet(fragment.selectionSet) : NOTHING;
    measured.set(name, measure);
    return measure;
  };
  const measureSet = ({ selections }: SelectionSetNode): Measure => {
    let [depth, fields, aliases] = [0, 0, 0];
    for (const selection of selections) {
      const isField = selection.kind === Kind.FIELD;
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(selection.name.value)
          : selection.selectionSet
            ? measureSet(selection.selectionSet)
            : NOTHING;
      if (!(isField && INTROSPECTION.has(selection.name.value))) {
        depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
      }
      fields += inner.fields + (isField ? 1 : 0);
      aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
    }
    return { depth, fields, aliases };
  };
  return definitions.reduce((largest, definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return largest;
    const { depth, fields, aliases } = measureSet(definition.selectionSet);
    return {
      depth: Math.max(largest.depth, depth),
      fields: Math.max(largest.fields, fields),
      aliases: Math.max(largest.aliases, aliases),
    };
  }, NOTHING);
}
