import {
  getNamedType,
  getNullableType,
  getOperationAST,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { LookalikeError } from '../domain/errors.js';

type Variables = Readonly<Record<string, unknown>>;

/** How many fields an answer may come to hold, with these variables. */
export type QueryCost = (variables: Variables) => number;

/** Fields of one answer: fifty searches for a thousand neighbours of ten fields each. */
export const MAX_COST = 600_000;
/** Arguments that tell how long the list is that a field gives, or holds. */
const SIZES = ['first', 'last', 'size', 'limit', 'k'];
/** Lists of so many are asked about, one by one. */
const LISTS = ['queries', 'ids', 'imageIds', 'labels'];
/** Of a list of which nothing is known beforehand. */
const USUAL_LENGTH = 10;
/** Lists that grow for as long as somebody trains. */
const LONG_LISTS: Readonly<Record<string, number>> = { epochs: 50, log: 100, trainingRuns: 50 };
/** Fields that are more work, or more bytes, than one. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ reconstructions: 100, oddImages: 100, familiarity: 100 },
  // Networks at work: in one answer some dozen.
  ...{ explainNeighbour: 4000, augmentationPreview: 4000 },
};
/** As many images as are given where nobody says how many. */
const USUAL_PAGE = 50;
const INLINE_PICTURE = 20;

/** Null where nothing is said of a length. */
type Length = ((variables: Variables) => number) | null;

/**
 * Adds up once what an operation costs, for all answers to it: each field counts one, as often as the lists
 * that it stands in are long. A field with `first` or `k` that is no list tells of the lists within it.
 */
export function queryCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): QueryCost {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue) defaults[variable.name.value] = constantOf(defaultValue);
  }
  const cost = costOf(schema, fragments, root, operation.selectionSet, null);
  return (variables) => cost({ ...defaults, ...variables });
}

/** @throws LookalikeError QUERY_TOO_COSTLY */
export function requireAffordable(cost: number): void {
  if (cost <= MAX_COST) return;
  throw new LookalikeError(
    'QUERY_TOO_COSTLY',
    `The answer could hold ${Math.round(cost)} fields; ${MAX_COST} are the most. Ask for fewer at a time.`,
  );
}

function costOf(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  within: Length,
): QueryCost {
  const costs = selections.map((selection): QueryCost => {
    if (selection.kind === Kind.FIELD) {
      return fieldCost(schema, fragments, type, selection, within);
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!fragment) return () => 0;
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    const of = isObjectType(condition) ? condition : type;
    return costOf(schema, fragments, of, fragment.selectionSet, within);
  });
  return (variables) => costs.reduce((sum, cost) => sum + cost(variables), 0);
}

function fieldCost(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  type: GraphQLObjectType,
  node: FieldNode,
  within: Length,
): QueryCost {
  const field = type.getFields()[node.name.value];
  const named = field && getNamedType(field.type);
  if (!field || !node.selectionSet || !isObjectType(named)) {
    const isPicture = node.arguments?.some(({ name }) => name.value === 'inline') ?? false;
    return () => (isPicture ? INLINE_PICTURE : 1);
  }
  const size = lengthOf(field, node, SIZES);
  const asked = lengthOf(field, node, LISTS);
  const isList = isListType(getNullableType(field.type));
  // `search` gives as many answers as there are queries, each with `k` neighbours.
  const own = isList
    ? (asked ?? size ?? within ?? (() => LONG_LISTS[field.name] ?? USUAL_LENGTH))
    : null;
  const passedOn = isList ? (asked ? size : null) : size;
  const each = costOf(schema, fragments, named, node.selectionSet, passedOn);
  const weight = WEIGHTS[field.name] ?? 1;
  if (!own) return (variables) => weight * (1 + each(variables));
  return (variables) => 1 + weight * own(variables) * each(variables);
}

function lengthOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  names: readonly string[],
): Length {
  const found = field.args.filter(({ name }) => names.includes(name));
  if (found.length === 0) return null;
  const readers = found.map(({ name, defaultValue }) => {
    const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (!given) return () => defaultValue;
    if (given.kind !== Kind.VARIABLE) {
      const constant = constantOf(given);
      return () => constant;
    }
    const variable = given.name.value;
    return (variables: Variables) => variables[variable] ?? defaultValue;
  });
  return (variables) => {
    for (const read of readers) {
      const length = countOf(read(variables));
      if (length !== null) return length;
    }
    return field.name === 'images' ? USUAL_PAGE : USUAL_LENGTH;
  };
}

function countOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' && value >= 0 ? value : null;
}

/** As far as it tells of a length. */
function constantOf(value: ValueNode): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  return value.kind === Kind.LIST ? value.values : null;
}
