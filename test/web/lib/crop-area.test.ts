import { describe, expect, it } from 'vitest';
import {
  cornersOf,
  cropBetween,
  cropOf,
  cropText,
  cropWords,
  movedCrop,
  resizedCrop,
} from '../../../web/lib/crop-area.js';

const CROP = { left: 0.2, top: 0.3, width: 0.4, height: 0.5 };

describe('a crop', () => {
  it('is the same rectangle whichever way it is dragged', () => {
    const a = { x: 0.6, y: 0.8 };
    const b = { x: 0.2, y: 0.3 };
    expect(cropBetween(a, b)).toEqual(CROP);
    expect(cropBetween(b, a)).toEqual(CROP);
  });

  it('ends at the edges of the picture', () => {
    expect(cropBetween({ x: -0.4, y: 0.5 }, { x: 0.5, y: 1.7 })).toEqual({
      left: 0,
      top: 0.5,
      width: 0.5,
      height: 0.5,
    });
  });

  it('is none where hardly anything was dragged', () => {
    expect(cropBetween({ x: 0.5, y: 0.1 }, { x: 0.51, y: 0.9 })).toBeNull();
  });

  it('stops at an edge when it is moved, and keeps its size', () => {
    expect(movedCrop(CROP, { x: 0.9, y: -0.9 })).toEqual({ ...CROP, left: 0.6, top: 0 });
    expect(movedCrop(CROP, { x: 0.02, y: 0 }).left).toBe(0.22);
  });

  it('neither leaves the picture nor vanishes when its size is changed', () => {
    expect(resizedCrop(CROP, { x: 0.9, y: 0.9 })).toEqual({ ...CROP, width: 0.8, height: 0.7 });
    expect(resizedCrop(CROP, { x: -0.9, y: -0.9 })).toEqual({ ...CROP, width: 0.02, height: 0.02 });
  });

  it('is the same again when each corner is dragged nowhere', () => {
    for (const { at, fixed } of cornersOf(CROP)) expect(cropBetween(fixed, at)).toEqual(CROP);
  });
});

describe('a crop in an address', () => {
  it('comes back as it was', () => {
    expect(cropText(CROP)).toBe('0.200,0.300,0.400,0.500');
    expect(cropOf(cropText(CROP))).toEqual(CROP);
  });

  it('never reaches over the edge by rounding', () => {
    const rights = Array.from({ length: 980 }, (_, left) => {
      const crop = cropBetween({ x: left / 1000 + 0.0004, y: 0 }, { x: 1, y: 1 });
      return crop ? crop.left + crop.width : Infinity;
    });
    expect(Math.max(...rights)).toBeLessThanOrEqual(1);
  });

  it.each([
    null,
    '',
    '1,2,3',
    'a,b,c,d',
    '0.1,0.1,,0.2',
    '0.5,0.5,0.6,0.2',
    '-0.1,0,0.5,0.5',
    '0,0,0,0',
  ])('is none for %j', (text) => {
    expect(cropOf(text)).toBeNull();
  });

  it('is told in percent', () => {
    expect(cropWords(CROP)).toBe('20% to 60% across, 30% to 80% down');
  });
});
