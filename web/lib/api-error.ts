import type { CombinedError } from 'urql';

/** An error of the API in words: what happened and what to do. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
}

/** What the API said went wrong, or that it could not be reached; `retrying`: it is asked again by itself. */
export function apiErrorOf(error: CombinedError, retrying = false): ApiError {
  const first = error.graphQLErrors[0];
  if (first) {
    const code = first.extensions['code'];
    return { code: typeof code === 'string' ? code : 'INTERNAL', message: first.message };
  }
  return {
    code: 'SERVER_UNREACHABLE',
    message: `The server does not answer. ${retrying ? 'Trying again by itself …' : 'Check that it is running.'}`,
  };
}

/** Whether the same question will be answered with this code again. */
export function isFinal(code: string): boolean {
  return code.endsWith('_NOT_FOUND') || code.startsWith('INVALID_') || code === 'K_OUT_OF_RANGE';
}

/** Whether the API said no with this code. */
export function hasCode(error: CombinedError | undefined, code: string): boolean {
  return error?.graphQLErrors.some(({ extensions }) => extensions['code'] === code) ?? false;
}
