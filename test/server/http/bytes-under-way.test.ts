import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { BytesUnderWay } from '../../../server/http/bytes-under-way.js';

function response(): ServerResponse {
  return Object.assign(new EventEmitter(), { destroyed: false }) as unknown as ServerResponse;
}

it('holds up to its limit, a single larger file too, and again when responses have ended', () => {
  const underWay = new BytesUnderWay(100, 10);
  const [first, second] = [response(), response()];
  expect(underWay.hold(60, first)).toBe(true);
  expect(underWay.hold(41, second)).toBe(false);
  expect(underWay.hold(40, second)).toBe(true);
  first.emit('close');
  expect(underWay.hold(61, response())).toBe(false);
  second.emit('close');
  expect(underWay.hold(500, response())).toBe(true);
  expect(underWay.hold(11, response())).toBe(false);
  expect(underWay.hold(10, response())).toBe(true);
});

it('holds nothing for a client that is gone', () => {
  const gone = Object.assign(response(), { destroyed: true });
  const underWay = new BytesUnderWay(100, 10);
  expect(underWay.hold(100, gone)).toBe(false);
  expect(underWay.hold(100, response())).toBe(true);
});
