import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ApiContext } from '../../../server/api/context.js';
import { ANONYMOUS } from '../../../server/domain/access.js';
import { Abandoned } from '../../../server/domain/aborting.js';
import { createGraphqlHandler } from '../../../server/http/graphql.js';
import { RequestTime } from '../../../server/http/request-time.js';
import type { AskedBy } from '../../../server/http/timed-context.js';
import { openStores } from '../services/stores.js';

const never = () => new Promise<never>(() => undefined);

describe('the time of an operation', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is over when it is over: the work is told, and nobody waits', async () => {
    const time = new RequestTime(60);
    const { signal } = time;
    const outcome = expect(time.within(never())).rejects.toMatchObject({ code: 'TIMED_OUT' });
    vi.advanceTimersByTime(59_999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    await outcome;
    expect(signal.reason).toMatchObject({ code: 'TIMED_OUT' });
  });

  it('leaves work alone that is done in time', async () => {
    const time = new RequestTime(60);
    expect(await time.within(Promise.resolve(5))).toBe(5);
    time.stop();
    vi.advanceTimersByTime(100_000);
    time.leave();
    expect(time.signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is longer for a mutation, of which it is known only then', async () => {
    const time = new RequestTime(60);
    const outcome = expect(time.within(never())).rejects.toMatchObject({ code: 'TIMED_OUT' });
    vi.advanceTimersByTime(50_000);
    time.extend();
    vi.advanceTimersByTime(599_999);
    expect(time.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    await outcome;
  });

  it('is over when whoever asked has gone; who asks for the signal later is told', async () => {
    const time = new RequestTime(60);
    const outcome = expect(time.within(never())).rejects.toBeInstanceOf(Abandoned);
    time.leave();
    await outcome;
    expect(time.signal.reason).toBeInstanceOf(Abandoned);
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** A server whose query `wait` waits for the signal, and what reasons it was given. */
async function served(querySeconds: number) {
  const schema = buildSchema('type Query { wait: Int } type Mutation { wait: Int }');
  const reasons: unknown[] = [];
  const wait = ({ signal }: ApiContext) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reasons.push(signal.reason);
        reject(signal.reason as Error);
      });
    });
  const field = schema.getQueryType()?.getFields()['wait'];
  Object.assign(field ?? {}, {
    resolve: (_: unknown, _args: unknown, context: ApiContext) => wait(context),
  });
  const { log } = await openStores();
  const request = { origin: { requestId: 'a request', traceparent: null }, operation: null };
  const asker = { caller: ANONYMOUS, address: '', request } as AskedBy;
  const metrics = { failed: () => undefined };
  const handle = await createGraphqlHandler(schema, log, metrics, true, querySeconds);
  const server = createServer((request, response) => void handle(request, response, asker));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/graphql`, reasons };
}

const ASKED = { method: 'POST', headers: { 'content-type': 'application/json' } } as const;

it('a query that takes too long is answered so, and its work is stopped', async () => {
  const { url, reasons } = await served(1);
  const response = await fetch(url, { ...ASKED, body: JSON.stringify({ query: '{ wait }' }) });
  expect(response.status).toBe(504);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'TIMED_OUT' } }] });
  expect(reasons).toMatchObject([{ code: 'TIMED_OUT' }]);
});

it('the work stops when the client has gone', async () => {
  const { url, reasons } = await served(600);
  const request = send(url, ASKED);
  request.on('error', () => undefined);
  request.end(JSON.stringify({ query: '{ wait }' }));
  await once(request, 'socket');
  // Gone when it is certain that the server has begun.
  await vi.waitFor(() => expect(request.socket?.bytesWritten).toBeGreaterThan(0));
  setTimeout(() => request.destroy(), 200);
  await expect.poll(() => reasons, { timeout: 20_000 }).toMatchObject([{ code: 'TIMED_OUT' }]);
  expect(reasons[0]).toBeInstanceOf(Abandoned);
});
