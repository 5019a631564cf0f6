import { describe, expect, it } from 'vitest';
import { checkedVector, queryVector, unitVector } from '../../../server/domain/query-vector.js';

const at = (degrees: number, length = 1): Float32Array => {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.from([length * Math.cos(angle), length * Math.sin(angle)]);
};
const degreesOf = ([x = 0, y = 0]: Float32Array) => (Math.atan2(y, x) * 180) / Math.PI;

describe('a query of several examples', () => {
  it('points where its only positive one does', () => {
    expect(degreesOf(queryVector([at(40, 7)], []))).toBeCloseTo(40, 4);
  });

  it('points between its positive ones, however long they are', () => {
    expect(degreesOf(queryVector([at(10, 100), at(50, 0.01)], []))).toBeCloseTo(30, 3);
  });

  it('counts an example twice that is given twice', () => {
    const degrees = degreesOf(queryVector([at(0), at(0), at(90)], []));
    expect(degrees).toBeCloseTo(degreesOf(Float32Array.from([2, 1])), 3);
  });

  it('turns away from its negative ones, which count for half', () => {
    const degrees = degreesOf(queryVector([at(0)], [at(90, 5)]));
    expect(degrees).toBeCloseTo(degreesOf(Float32Array.from([1, -0.5])), 3);
  });

  it('has the length 1', () => {
    const [x = 0, y = 0] = queryVector([at(0), at(120)], [at(80)]);
    expect(Math.hypot(x, y)).toBeCloseTo(1, 5);
  });

  it('leaves its examples as they were', () => {
    const example = at(30, 4);
    queryVector([example], [example]);
    expect(example).toEqual(at(30, 4));
  });

  it('is refused where its examples cancel each other out', () => {
    const opposite = () => queryVector([at(0), at(180)], []);
    expect(opposite).toThrow(expect.objectContaining({ code: 'VECTOR_INVALID' }));
    expect(opposite).toThrow(/cancel each other out/);
  });

  it('may be all zeros where its examples are: a black picture has no direction', () => {
    const zeros = new Float32Array(2);
    expect([...queryVector([zeros], [])]).toEqual([0, 0]);
    expect([...queryVector([zeros, zeros], [zeros])]).toEqual([0, 0]);
  });
});

describe('a vector that somebody wrote down', () => {
  it('is taken as it is', () => {
    expect([...checkedVector([1, -2, 0.5], 3)]).toEqual([1, -2, 0.5]);
  });

  it.each([
    ['too short', [1], 'has 1 numbers'],
    ['too long', [1, 2, 3], 'has 3 numbers'],
    ['empty', [], 'has 0 numbers'],
    ['not finite', [1, Number.NaN], 'not finite'],
    ['infinite as a 32-bit number', [1, 1e300], 'not finite'],
    ['all zeros', [0, 0], 'all zeros'],
    ['all zeros as 32-bit numbers', [1e-60, 0], 'all zeros'],
  ])('is refused where it is %s', (_, values, message) => {
    const check = () => checkedVector(values, 2);
    expect(check).toThrow(expect.objectContaining({ code: 'VECTOR_INVALID' }));
    expect(check).toThrow(message);
  });
});

it('a vector of zeros has no length to be scaled by', () => {
  expect([...unitVector(new Float32Array(3))]).toEqual([0, 0, 0]);
  const unit = unitVector(Float32Array.of(3, 4));
  expect([...unit].map((value) => value.toFixed(4))).toEqual(['0.6000', '0.8000']);
});

it('a vector at length 1 is written where it is asked to be, the vector itself included', () => {
  const [vector, into] = [Float32Array.of(3, 4), new Float32Array(2)];
  expect(unitVector(vector, into)).toBe(into);
  expect(into).toEqual(unitVector(vector));
  expect([...vector]).toEqual([3, 4]);
  expect(unitVector(vector, vector)).toEqual(into);
});
