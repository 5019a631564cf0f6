import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { BytesUnderWay } from '../../../server/http/bytes-under-way.js';

function response(): ServerResponse {
  return Object.assign(new EventEmitter(), { destroyed: false }) as unknown as ServerResponse;
}

it('holds up to its limit, a single larger answer too, and again when responses have ended', () => {
  const underWay = new BytesUnderWay(100, 10);
  const [first, second] = [response(), response()];
  expect(underWay.hold(60, first, 'one')).toBe(true);
  expect(underWay.hold(41, second, 'two')).toBe(false);
  expect(underWay.hold(40, second, 'two')).toBe(true);
  first.emit('close');
  expect(underWay.hold(61, response(), 'three')).toBe(false);
  second.emit('close');
  expect(underWay.hold(500, response(), 'two')).toBe(true);
  expect(underWay.hold(11, response(), 'three')).toBe(false);
  expect(underWay.hold(10, response(), 'three')).toBe(true);
});

it('leaves half of it to others, whatever one caller asks for', () => {
  const underWay = new BytesUnderWay(100, 10);
  const [first, second] = [response(), response()];
  expect(underWay.hold(30, first, 'one')).toBe(true);
  expect(underWay.hold(21, second, 'one')).toBe(false);
  expect(underWay.hold(20, second, 'one')).toBe(true);
  expect(underWay.hold(50, response(), 'two')).toBe(true);
  first.emit('close');
  expect(underWay.hold(30, response(), 'one')).toBe(true);
});

it('holds nothing for a client that is gone', () => {
  const gone = Object.assign(response(), { destroyed: true });
  const underWay = new BytesUnderWay(100, 10);
  expect(underWay.hold(100, gone, 'one')).toBe(false);
  expect(underWay.hold(100, response(), 'one')).toBe(true);
});
