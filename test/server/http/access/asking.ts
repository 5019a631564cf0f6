import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Operation } from './operations.js';
import type { Ids } from './world.js';

/** What came of an operation: the status of the answer, the code of its first error, its data. */
export interface Outcome {
  readonly status: number;
  readonly code: string | null;
  readonly data: unknown;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** @param key null for nobody */
export async function tryOperation(
  url: string,
  { document, takesFile }: Operation,
  ids: Ids,
  key: string | null,
): Promise<Outcome> {
  const query = document(ids);
  if (query.startsWith('subscription')) return subscribe(url, query, key);
  const authorization: Record<string, string> = key === null ? {} : bearer(key);
  const request: RequestInit = { method: 'POST', headers: authorization };
  if (takesFile) {
    const form = new FormData();
    form.set('operations', JSON.stringify({ query, variables: { file: null } }));
    form.set('map', JSON.stringify({ 0: ['variables.file'] }));
    form.set('0', new Blob(['no picture']), 'x.png');
    request.body = form;
    request.headers = { ...authorization, 'apollo-require-preflight': 'true' };
  } else {
    request.body = JSON.stringify({ query });
    request.headers = { ...authorization, 'content-type': 'application/json' };
  }
  const response = await fetch(`${url}/graphql`, request);
  return outcomeOf(response.status, (await response.json()) as Answer);
}

export function bearer(key: string): { authorization: string } {
  return { authorization: `Bearer ${key}` };
}

/** The first news of a subscription; a connection that is refused has the status 4403. */
async function subscribe(url: string, query: string, key: string | null): Promise<Outcome> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(key !== null && { connectionParams: bearer(key) }),
  });
  try {
    for await (const answer of client.iterate({ query })) return outcomeOf(200, answer as Answer);
    return { status: 200, code: null, data: null };
  } catch (thrown) {
    if (Array.isArray(thrown))
      return outcomeOf(200, { errors: thrown as NonNullable<Answer['errors']> });
    const { code } = thrown as { code?: number };
    return { status: code ?? 0, code: code === 4403 ? 'UNAUTHENTICATED' : null, data: null };
  } finally {
    await client.dispose();
  }
}

function outcomeOf(status: number, { data, errors }: Answer): Outcome {
  return { status, code: errors?.[0]?.extensions?.code ?? null, data: data ?? null };
}
