import 'reflect-metadata';
import { expect, it } from 'vitest';
import { exampleOf, filterOf } from '../../../server/api/search.input.js';

it('an example is exactly one of image, file and vector', async () => {
  const crop = { left: 0, top: 0, width: 0.5, height: 0.5 };
  expect(await exampleOf({ imageId: '7', crop })).toEqual({ imageId: 7, crop });
  expect(await exampleOf({ vector: [1, 2], file: null })).toEqual({ vector: [1, 2] });
  for (const input of [{}, { imageId: '7', vector: [1] }, { crop }, { vector: [1], crop }]) {
    await expect(exampleOf(input)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  }
  await expect(exampleOf({ imageId: '' })).rejects.toMatchObject({ code: 'INVALID_ID' });
});

it('`split` is one of the conditions, and must not speak against the filter', () => {
  expect(filterOf(null, 'TRAIN').split).toBe('TRAIN');
  expect(filterOf({ label: 'hat' }, 'TEST')).toMatchObject({ label: 'hat', split: 'TEST' });
  expect(filterOf({ split: 'TEST' }, null).split).toBe('TEST');
  expect(filterOf({ split: 'TEST' }, 'TEST').split).toBe('TEST');
  expect(() => filterOf({ split: 'TEST' }, 'TRAIN')).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
  );
});
