import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { readBytes } from '../../../server/http/request-body.js';

function request(): PassThrough & IncomingMessage {
  return new PassThrough() as unknown as PassThrough & IncomingMessage;
}

it('reads a body that comes in pieces', async () => {
  const sent = request();
  const read = readBytes(sent, 100);
  sent.write('one ');
  sent.end('two');
  expect((await read).toString()).toBe('one two');
});

it('gives a body up that is over the limit', async () => {
  const long = request();
  const tooLong = readBytes(long, 3);
  long.write('four');
  await expect(tooLong).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
});
