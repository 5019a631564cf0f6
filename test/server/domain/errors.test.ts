import { expect, it } from 'vitest';
import { ERROR_CODES, LookalikeError, reasonOf } from '../../../server/domain/errors.js';

it('an error without words of its own says what its code means', () => {
  expect(new LookalikeError('MODEL_ACTIVE')).toMatchObject({
    name: 'LookalikeError',
    code: 'MODEL_ACTIVE',
    message: ERROR_CODES.MODEL_ACTIVE,
  });
});

it('an error keeps its words and its cause', () => {
  const cause = new Error('disk full');
  const error = new LookalikeError('INTERNAL', 'could not write', { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ code: 'INTERNAL', message: 'could not write', cause });
});

it('every code says what it means and is written like a constant', () => {
  for (const [code, meaning] of Object.entries(ERROR_CODES)) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(meaning).toMatch(/^.{10,}\.$/);
  }
});

it.each([
  ['an Error', new Error('broken'), 'broken'],
  ['a text', 'broken', 'broken'],
  ['nothing', undefined, 'undefined'],
])('the reason is told of %s that was thrown', (_, thrown, reason) => {
  expect(reasonOf(thrown)).toBe(reason);
});
