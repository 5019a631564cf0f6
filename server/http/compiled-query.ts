import {
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** A document with more, its fragments written out, is not compiled: fragments may multiply them. */
const MOST_FIELDS = 1000;
const NO_ARGUMENTS = Object.freeze({});

export type Values = Readonly<Record<string, unknown>>;

/**
 * Answers a query: its data, at once where no resolver makes it wait.
 * @throws unknown (or rejects) where there would be an error to tell: what the client is told of it is for
 * the plain executor to say, which the query is to be given to then
 */
export type CompiledQuery = (variables: Values, context: unknown) => unknown;

/** What belongs to one answer. */
interface Run {
  readonly variables: Values;
  readonly context: unknown;
}

/** Makes of what a resolver gave what the answer says. */
type Complete = (value: unknown, run: Run) => unknown;

interface CompiledField {
  readonly key: string;
  readonly answer: (source: unknown, run: Run) => unknown;
}

/** There is an error to tell, or something that is not done here. */
class NotAnswered extends Error {}

/**
 * Does once for all answers to a query what executing GraphQL does for each (section 6 of its
 * specification): collect the fields, look up their types and resolvers. Null for what is not compiled:
 * mutations, directives, introspection, types that are told apart while answering.
 * @param document valid under the schema
 */
export function compileQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): CompiledQuery | null {
  const operation = getOperationAST(document, operationName);
  const root = schema.getQueryType();
  if (!root || operation?.operation !== OperationTypeNode.QUERY) return null;
  if (operation.directives && operation.directives.length > 0) return null;
  const fields = new QueryCompiler(schema, document, operation).fieldsOf(root, [
    operation.selectionSet,
  ]);
  if (!fields) return null;
  return (given, context) => {
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
    if (!coerced) throw new NotAnswered();
    return answerFields(fields, undefined, { variables: coerced, context });
  };
}

class QueryCompiler {
  private readonly fragments: Record<string, FragmentDefinitionNode> = {};
  private compiledFields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments[definition.name.value] = definition;
      }
    }
  }

  /** The fields of an object; null where one is not compiled. */
  fieldsOf(
    type: GraphQLObjectType,
    selectionSets: readonly SelectionSetNode[],
  ): readonly CompiledField[] | null {
    const nodes = new Map<string, FieldNode[]>();
    for (const set of selectionSets) if (!this.collect(type, set, nodes)) return null;
    const fields: CompiledField[] = [];
    for (const [key, same] of nodes) {
      this.compiledFields += 1;
      // An answer is a plain object, whose `__proto__` is no field of it.
      if (this.compiledFields > MOST_FIELDS || key === '__proto__') return null;
      const answer = this.fieldOf(type, same);
      if (!answer) return null;
      fields.push({ key, answer });
    }
    return fields;
  }

  /** Gathers the fields by the name that they bear in the answer; false where something is not compiled. */
  private collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    into: Map<string, FieldNode[]>,
  ): boolean {
    return selections.every((selection) => {
      if (selection.directives && selection.directives.length > 0) return false;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        into.set(key, [...(into.get(key) ?? []), selection]);
        return true;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments[selection.name.value];
      const of = fragment?.typeCondition?.name.value ?? type.name;
      return fragment !== undefined && of === type.name
        ? this.collect(type, fragment.selectionSet, into)
        : false;
    });
  }

  private fieldOf(type: GraphQLObjectType, nodes: FieldNode[]): CompiledField['answer'] | null {
    const [node] = nodes;
    if (!node) return null;
    const name = node.name.value;
    if (name === '__typename') return () => type.name;
    const field = type.getFields()[name];
    const complete = field && this.completeOf(field.type, nodes);
    if (!field || !complete) return null;
    const resolve = field.resolve;
    if (!resolve) return type === this.schema.getQueryType() ? null : readProperty(name, complete);
    const info = this.infoOf(type, field, nodes);
    const argumentsOf =
      field.args.length === 0
        ? () => NO_ARGUMENTS
        : ({ variables }: Run) => getArgumentValues(field, node, variables);
    return (source, run) => {
      const value: unknown = resolve(source, argumentsOf(run), run.context, info);
      return isPromise(value)
        ? value.then((settled) => complete(settled, run))
        : complete(value, run);
    };
  }

  private completeOf(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete | null {
    if (isNonNullType(type)) {
      const complete = this.completeOf(type.ofType, nodes);
      return complete && completeNonNull(complete);
    }
    if (isListType(type)) {
      const complete = this.completeOf(type.ofType, nodes);
      return complete && completeList(complete);
    }
    if (isLeafType(type)) return completeLeaf((value) => type.serialize(value));
    if (!isObjectType(type) || type.isTypeOf) return null;
    const fields = this.fieldsOf(
      type,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
    return fields && completeObject(fields);
  }

  /** What is known of a field ahead of an answer; the rest is for the plain executor to tell. */
  private infoOf(
    parentType: GraphQLObjectType,
    { name: fieldName, type: returnType }: GraphQLField<unknown, unknown>,
    fieldNodes: FieldNode[],
  ): GraphQLResolveInfo {
    const { schema, fragments, operation } = this;
    return {
      ...{ fieldName, fieldNodes, returnType, parentType, schema, fragments, operation },
      rootValue: undefined,
      get path(): never {
        throw new NotAnswered();
      },
      get variableValues(): never {
        throw new NotAnswered();
      },
    };
  }
}

/** Plain data: the field is a property of its object. */
function readProperty(name: string, complete: Complete): CompiledField['answer'] {
  return (source, run) => {
    const value = (source as Values)[name];
    if (isPromise(value)) return value.then((settled) => complete(settled, run));
    if (typeof value === 'function') throw new NotAnswered();
    return complete(value, run);
  };
}

function answerFields(fields: readonly CompiledField[], source: unknown, run: Run): unknown {
  const answer: Record<string, unknown> = {};
  let waits: Promise<void>[] | null = null;
  try {
    for (const { key, answer: answerField } of fields) {
      const value = answerField(source, run);
      // Set also where it is to come, for the order of the fields.
      answer[key] = value;
      if (!isPromise(value)) continue;
      waits ??= [];
      waits.push(
        value.then((settled) => {
          answer[key] = settled;
        }),
      );
    }
  } catch (thrown) {
    if (waits) abandon(waits);
    throw thrown;
  }
  return waits ? Promise.all(waits).then(() => answer) : answer;
}

function completeObject(fields: readonly CompiledField[]): Complete {
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || value instanceof Error) throw new NotAnswered();
    return answerFields(fields, value, run);
  };
}

function completeList(complete: Complete): Complete {
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) throw new NotAnswered();
    const items: unknown[] = [];
    let mustWait = false;
    try {
      for (const each of value as readonly unknown[]) {
        const item = isPromise(each)
          ? each.then((settled) => complete(settled, run))
          : complete(each, run);
        items.push(item);
        mustWait ||= isPromise(item);
      }
    } catch (thrown) {
      abandon(items);
      throw thrown;
    }
    return mustWait ? Promise.all(items) : items;
  };
}

function completeNonNull(complete: Complete): Complete {
  return (value, run) => {
    const completed = complete(value, run);
    return isPromise(completed) ? completed.then(required) : required(completed);
  };
}

function completeLeaf(serialize: (value: unknown) => unknown): Complete {
  return (value) => (value === null || value === undefined ? null : required(serialize(value)));
}

function required(value: unknown): unknown {
  if (value === null || value === undefined) throw new NotAnswered();
  return value;
}

/** Nobody waits for these any more: one that fails must not end the process. */
function abandon(values: readonly unknown[]): void {
  for (const value of values) if (isPromise(value)) value.catch(() => undefined);
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
