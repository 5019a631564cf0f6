import { describe, expect, it } from 'vitest';
import { parseId, parseOptionalId, requireRange } from '../../../server/api/ids.js';

const withCode = (code: string) => expect.objectContaining({ code }) as Error;

describe('an id', () => {
  it.each([
    ['1', 1],
    ['70000', 70_000],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%s is a number', (text, id) => {
    expect(parseId(text)).toBe(id);
    expect(parseOptionalId(text)).toBe(id);
  });

  it.each(['', '0', '-1', '1.0', '1e3', '01', ' 1', '1\n', '0x1', '9007199254740992', 'x', '١'])(
    '"%s" is none',
    (text) => {
      expect(() => parseId(text)).toThrow(withCode('INVALID_ID'));
      expect(() => parseOptionalId(text)).toThrow(withCode('INVALID_ID'));
    },
  );

  it('may be absent where it is optional', () => {
    expect(parseOptionalId(null)).toBeNull();
    expect(parseOptionalId(undefined)).toBeNull();
  });
});

describe('a number with a range', () => {
  it.each([1, 100, 200])('%d from 1 to 200 is taken', (value) => {
    expect(requireRange('size', value, 1, 200)).toBe(value);
  });

  it.each([0, 201, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', (value) => {
    expect(() => requireRange('size', value, 1, 200)).toThrow(withCode('INVALID_ARGUMENT'));
    expect(() => requireRange('size', value, 1, 200)).toThrow(
      '"size" must be a whole number from 1',
    );
  });
});
