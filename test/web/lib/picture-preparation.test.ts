import { expect, it } from 'vitest';
import { makeGray, placementOf, stretchContrast } from '../../../web/lib/picture-preparation.js';

const WIDE = { width: 200, height: 100 };
const SQUARE = { width: 64, height: 64 };

it('a wide picture is contained with bars above and below', () => {
  expect(placementOf(WIDE, SQUARE, 'CONTAIN')).toEqual({
    from: { x: 0, y: 0, width: 200, height: 100 },
    to: { x: 0, y: 16, width: 64, height: 32 },
  });
});

it('a wide picture that covers is cut at the middle', () => {
  expect(placementOf(WIDE, SQUARE, 'COVER')).toEqual({
    from: { x: 50, y: 0, width: 100, height: 100 },
    to: { x: 0, y: 0, width: 64, height: 64 },
  });
});

it('gray is as bright as the colour, and alpha stays', () => {
  const pixels = Uint8ClampedArray.of(255, 0, 0, 200);
  makeGray(pixels);
  expect([...pixels]).toEqual([54, 54, 54, 200]);
});

it('contrast is stretched to the ends, and a plain picture stays', () => {
  const pixels = Uint8ClampedArray.of(100, 100, 100, 255, 150, 150, 150, 255);
  stretchContrast(pixels);
  expect([...pixels]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  const plain = Uint8ClampedArray.of(100, 100, 100, 255, 104, 104, 104, 255);
  stretchContrast(plain);
  expect([...plain]).toEqual([100, 100, 100, 255, 104, 104, 104, 255]);
});
