import type { CombinedError } from 'urql';

/** An error of the API in words: what happened and what to do. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
}

/** What the API said went wrong, or that it could not be reached. */
export function apiErrorOf(error: CombinedError): ApiError {
  const first = error.graphQLErrors[0];
  if (first) {
    const code = first.extensions['code'];
    return { code: typeof code === 'string' ? code : 'INTERNAL', message: first.message };
  }
  return {
    code: 'SERVER_UNREACHABLE',
    message: 'The server does not answer. Check that it is running.',
  };
}

/** Whether the API said no with this code. */
export function hasCode(error: CombinedError | undefined, code: string): boolean {
  return error?.graphQLErrors.some(({ extensions }) => extensions['code'] === code) ?? false;
}
