import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type execute,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import { LookalikeError } from '../domain/errors.js';
import { queryCost, requireAffordable } from './query-cost.js';
import type { RequestWatch } from './request-record.js';
import type { RequestTime } from './request-time.js';
import type { AskedBy } from './timed-context.js';

/** The same, for what does not cost too much. */
export function affordable<T>(run: (args: ExecutionArgs) => T) {
  return (args: ExecutionArgs) => {
    const { schema, document, operationName, variableValues } = args;
    try {
      const cost = queryCost(schema, document, operationName ?? null);
      requireAffordable(cost(variableValues ?? {}));
    } catch (thrown) {
      if (!(thrown instanceof LookalikeError)) throw thrown;
      return { errors: [errorOf(thrown)] };
    }
    return run(args);
  };
}

/** The same, as a part of a trace. */
export function traced<T>(watch: RequestWatch, run: (args: ExecutionArgs) => T | Promise<T>) {
  return (args: ExecutionArgs): Promise<T> => {
    const { request } = args.contextValue as AskedBy;
    return watch.operationTraced(request, async () => run(args));
  };
}

/** The same, for as long as an operation may take, and as somebody waits for it. */
export function inTime(run: typeof execute) {
  return async (args: ExecutionArgs): Promise<ExecutionResult> => {
    const time = timeOf(args);
    const operation = getOperationAST(args.document, args.operationName);
    if (operation?.operation === OperationTypeNode.MUTATION) time.extend();
    try {
      return await time.within(Promise.resolve(run(args)));
    } catch (thrown) {
      if (!(thrown instanceof LookalikeError)) throw thrown;
      return { errors: [errorOf(thrown)] };
    } finally {
      time.stop();
    }
  };
}

/**
 * The same, as what gives its one result and ends: graphql-ws ends it where the client says `complete`, or is gone, and
 * the work behind it is given up. Of a promise it would drop the result alone.
 */
export function untilCompleted(run: (args: ExecutionArgs) => Promise<ExecutionResult>) {
  return (args: ExecutionArgs): AsyncGenerator<ExecutionResult, void, void> => {
    const over = { done: true, value: undefined } as const;
    const state = { isOver: false };
    const giveUp = () => {
      state.isOver = true;
      timeOf(args).leave();
      return Promise.resolve(over);
    };
    return {
      next: async () => {
        const value = state.isOver ? null : await run(args);
        if (!value || state.isOver) return over;
        state.isOver = true;
        return { done: false, value };
      },
      return: giveUp,
      throw: giveUp,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
}

export function errorOf(originalError: LookalikeError): GraphQLError {
  return new GraphQLError(originalError.message, { originalError });
}

function timeOf({ contextValue }: ExecutionArgs): RequestTime {
  return (contextValue as { readonly time: RequestTime }).time;
}
