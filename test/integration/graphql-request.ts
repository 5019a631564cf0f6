import type { RunningServer } from './running-server.js';

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** The data of an operation that must succeed. */
export async function ask<T>(
  server: RunningServer,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const { data, errors } = await send<T>(server, JSON.stringify({ query, variables }), {
    'content-type': 'application/json',
  });
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** The code of the first error of an operation that must fail. */
export async function errorCode(
  server: RunningServer,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<string | undefined> {
  const answer = await send(server, JSON.stringify({ query, variables }), {
    'content-type': 'application/json',
  });
  return answer.errors?.[0]?.extensions?.code;
}

/** Sends a file for the variable `file` as the GraphQL multipart request specification says. */
export async function upload<T>(
  server: RunningServer,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  file: Uint8Array,
): Promise<Answer<T>> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { ...variables, file: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.file'] }));
  form.set('0', new Blob([new Uint8Array(file)]), 'query.png');
  return send<T>(server, form, { 'apollo-require-preflight': 'true' });
}

async function send<T>(
  server: RunningServer,
  body: string | FormData,
  headers: Readonly<Record<string, string>>,
): Promise<Answer<T>> {
  const response = await server.fetch('/graphql', { method: 'POST', body, headers });
  return (await response.json()) as Answer<T>;
}
