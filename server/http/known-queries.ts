import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { ApiContext } from '../api/context.js';
import { reasonOf } from '../domain/errors.js';
import { compileQuery, type CompiledQuery, type Values } from './compiled-query.js';
import { operationNameOf } from './operation-name.js';
import { MAX_COST, queryCost, requireAffordable, type QueryCost } from './query-cost.js';

/** Queries that are kept: more than the different ones that clients ask over and over. */
const MOST_KEPT = 200;
const LONGEST_KEPT = 20_000;

interface Known {
  readonly document: DocumentNode;
  /** Depends on the variables, so that it is counted for each answer. */
  readonly cost: QueryCost;
  /** As `operationNameOf` has it. */
  readonly operation: string;
  /** Undefined until it is asked for again; null where it is not compiled. */
  query: CompiledQuery | null | undefined;
}

/** A GraphQL request as the fast way takes it. */
interface PlainRequest {
  readonly source: string;
  readonly operationName: string | null;
  readonly variables: Values;
}

/**
 * Answers queries that Apollo has found valid before, compiled, without Apollo. Whatever else a request
 * may be, and whenever there is an error to tell, the answer is null: Apollo is to be asked. To ask a
 * query twice changes nothing.
 */
export class KnownQueries {
  /** By name and text, the least recently used first. */
  private readonly kept = new Map<string, Known>();

  /** Learns what Apollo has parsed and found valid, and refuses what costs too much. */
  readonly plugin: ApolloServerPlugin<ApiContext> = {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ source, document, request, operation: asked, contextValue }) => {
          if (asked?.operation === OperationTypeNode.SUBSCRIPTION) refuseSubscription();
          const operationName = request.operationName ?? null;
          const { cost, operation } = this.learn(source, operationName, document);
          contextValue.request.operation = operation;
          refuseCostly(cost(request.variables ?? {}));
          return Promise.resolve();
        },
      }),
  };

  constructor(private readonly schema: GraphQLSchema) {}

  /**
   * The body of the answer to a POST with this JSON as its body, at once where nothing has to be waited for; null
   * where Apollo has to answer. Never rejects.
   */
  answer(body: unknown, context: ApiContext): string | null | Promise<string | null> {
    const request = plainRequest(body);
    if (!request) return null;
    const known = this.find(keyOf(request.source, request.operationName));
    if (!known?.query || known.cost(request.variables) > MAX_COST) return null;
    try {
      context.request.operation = known.operation;
      const data = known.query(request.variables, context);
      return data instanceof Promise ? data.then(bodyOf).catch(() => null) : bodyOf(data);
    } catch {
      return null;
    }
  }

  private learn(source: string, operationName: string | null, document: DocumentNode): Known {
    const key = keyOf(source, operationName);
    const learned = this.kept.get(key);
    if (learned) return learned;
    const cost = queryCost(this.schema, document, operationName);
    const operation = operationNameOf(document, operationName);
    const known: Known = { document, cost, operation, query: undefined };
    if (source.length > LONGEST_KEPT) return known;
    this.kept.set(key, known);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return known;
  }

  private find(key: string): Known | null {
    const known = this.kept.get(key);
    if (!known) return null;
    this.kept.delete(key);
    this.kept.set(key, known);
    if (known.query === undefined) {
      const operationName = key.slice(0, key.indexOf('\n')) || null;
      known.query = compileQuery(this.schema, known.document, operationName);
    }
    return known;
  }
}

function bodyOf(data: unknown): string {
  return `${JSON.stringify({ data })}\n`;
}

/** @throws GraphQLError that Apollo answers as it does what is wrong with a request */
function refuseCostly(cost: number): void {
  try {
    requireAffordable(cost);
  } catch (thrown) {
    throw new GraphQLError(reasonOf(thrown), {
      originalError: thrown as Error,
      extensions: { http: { status: 400 } },
    });
  }
}

/** @throws GraphQLError, for Apollo would execute it as a query, whose answer is null */
function refuseSubscription(): never {
  throw new GraphQLError('Subscriptions are answered over WebSocket, at this address.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
}

/** A name holds no line break. */
function keyOf(source: string, operationName: string | null): string {
  return `${operationName ?? ''}\n${source}`;
}

/** Null where the body is anything but a plain request: Apollo says what it makes of it. */
function plainRequest(body: unknown): PlainRequest | null {
  if (!isRecord(body)) return null;
  const { query: source, operationName = null, variables = null, extensions = null } = body;
  if (typeof source !== 'string' || extensions !== null) return null;
  if (operationName !== null && !(typeof operationName === 'string' && operationName)) return null;
  if (variables !== null && !isRecord(variables)) return null;
  return { source, operationName, variables: variables ?? {} };
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
