import { describe, expect, it } from 'vitest';
import {
  completeInput,
  inputLength,
  inputSpecFor,
  inputSpecOf,
} from '../../../server/domain/input-spec.js';
import type { InputSpec } from '../../../server/domain/model.js';

it.each([
  ['of Fashion-MNIST as they are', [28, 28, 1], [28, 28, 1]],
  ['in colour as they are', [100, 60, 3], [100, 60, 3]],
  ['at the limits as they are', [160, 28, 3], [160, 28, 3]],
  ['that are tiny, enlarged', [1, 27, 1], [28, 28, 1]],
  ['that are large, reduced side by side', [4000, 161, 3], [160, 160, 3]],
  ['that are large one way only, reduced that way', [500, 30, 1], [160, 30, 1]],
  ['with transparency as colour', [64, 64, 4], [64, 64, 3]],
] as const)('a network is fed pictures %s', (_, [width, height, channels], expected) => {
  const spec = inputSpecFor({ width, height, channels });
  expect([spec.width, spec.height, spec.channels]).toEqual(expected);
  expect(inputLength(spec)).toBe(expected[0] * expected[1] * expected[2]);
});

const PREPARED = { fit: 'CONTAIN', background: '#000000', scaling: 'UNIT' } as const;
const STORED = { width: 28, height: 30, channels: 1 };

it('an input stored before pictures could be fitted is completed; a whole one stays', () => {
  expect(inputSpecOf(STORED)).toEqual({ ...STORED, ...PREPARED });
  const whole = { ...STORED, fit: 'COVER', background: '#abcdef', scaling: 'CONTRAST' } as const;
  expect(inputSpecOf(whole)).toEqual(whole);
});

describe('what somebody asks for', () => {
  const proposed: InputSpec = { width: 64, height: 48, channels: 3, ...PREPARED };

  it('is completed from the proposal, where it is missing or null', () => {
    expect(completeInput({}, proposed)).toEqual(proposed);
    const given = { width: 160, channels: 1, background: '#ABCDEF', fit: null } as const;
    expect(completeInput({ ...given, scaling: 'CONTRAST' }, proposed)).toEqual({
      width: 160,
      height: 48,
      channels: 1,
      fit: 'CONTAIN',
      background: '#abcdef',
      scaling: 'CONTRAST',
    });
  });

  it.each([
    [{ width: 27 }, 'width must be a whole number from 28 to 160, not 27'],
    [{ height: 161 }, 'height must be a whole number from 28 to 160, not 161'],
    [{ width: 64.5 }, 'not 64.5'],
    [{ height: Number.NaN }, 'not NaN'],
    [{ channels: 2 }, 'channels must be 1 or 3, not 2'],
    [{ background: 'red' }, 'background must be a colour like #1a2b3c, not "red"'],
    [{ background: '#fff' }, 'not "#fff"'],
    [{ fit: 'FILL' as 'COVER' }, 'fit must be CONTAIN or COVER, not FILL'],
    [{ scaling: 'NONE' as 'UNIT' }, 'scaling must be UNIT or CONTRAST, not NONE'],
  ])('is refused out of range: %j', (given, words) => {
    expect(() => completeInput(given, proposed)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    );
    expect(() => completeInput(given, proposed)).toThrow(words);
  });

  it('is refused with everything that is wrong', () => {
    const given = { width: 0, channels: 4, background: '' };
    expect(() => completeInput(given, proposed)).toThrow(/width .*; channels .*; background /);
  });
});
