import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * What an operation is called in logs and measurements: the query, mutation or subscription of the schema that
 * it asks for. What clients call it themselves could be anything, and endlessly many things.
 * @param document valid under the schema
 * @returns `several` where it asks for more than one, `introspection` where it asks about the schema
 */
export function operationNameOf(document: DocumentNode, operationName: string | null): string {
  const operation = getOperationAST(document, operationName);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const names = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const { value } = selection.name;
        names.add(value.startsWith('__') ? 'introspection' : value);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment) collect(fragment.selectionSet);
    }
  };
  if (operation) collect(operation.selectionSet);
  const [only = 'other', ...others] = names;
  return others.length > 0 ? 'several' : only;
}
