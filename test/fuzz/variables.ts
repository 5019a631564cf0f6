import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { below, oddValue, oneOf } from './mutations.js';

const DEEPEST = 4;

/** What there is in the server that is asked. */
export interface Known {
  readonly ids: readonly string[];
  readonly names: readonly string[];
}

/** Values for the variables of a document: mostly such as its types ask for, at their bounds and in between. */
export function variablesFor(
  schema: GraphQLSchema,
  document: DocumentNode,
  known: Known,
  random: () => number,
): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type } of definition.variableDefinitions ?? []) {
      const of = typeFromAST(schema, type);
      const value = of && valueOf(of as GraphQLInputType, known, random, 0);
      if (value !== undefined) variables[variable.name.value] = value;
    }
  }
  return variables;
}

function valueOf(
  type: GraphQLInputType,
  known: Known,
  random: () => number,
  depth: number,
): unknown {
  if (random() < 0.04) return oddValue(random);
  if (isNonNullType(type)) return valueOf(type.ofType, known, random, depth);
  if (random() < 0.25) return random() < 0.5 ? undefined : null;
  if (isListType(type)) {
    const length = depth >= DEEPEST ? 0 : below(4, random);
    const item = () => valueOf(type.ofType, known, random, depth + 1);
    return Array.from({ length }, item);
  }
  if (isEnumType(type)) return oneOf(type.getValues(), random).name;
  if (isInputObjectType(type)) {
    const fields = depth >= DEEPEST ? [] : Object.values(type.getFields());
    const values = fields.map(({ name, type: of }) => [
      name,
      valueOf(of, known, random, depth + 1),
    ]);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }
  switch (type.name) {
    case 'Boolean':
      return random() < 0.5;
    case 'Int':
      return oneOf([0, 1, 2, 10, 100, 1000, -1, 2 ** 31 - 1, below(50, random)], random);
    case 'Float':
      return oneOf([0, 1, 0.5, -1, 1e-9, 1e300, random()], random);
    case 'ID':
      return oneOf([...known.ids, '0', '-1', '1e3', '9'.repeat(30), 'x', ''], random);
    default:
      return oneOf(
        [...known.names, '', ' ', 'x'.repeat(2000), '\u{1f600}', '%00', "' OR 1=1 --"],
        random,
      );
  }
}
