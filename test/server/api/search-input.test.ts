import 'reflect-metadata';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { exampleOf, filterOf, queryOf } from '../../../server/api/search.input.js';

it('an example is exactly one of image, file and vector', () => {
  const crop = { left: 0, top: 0, width: 0.5, height: 0.5 };
  expect(exampleOf({ imageId: '7', crop })).toEqual({ imageId: 7, crop });
  expect(exampleOf({ vector: [1, 2], file: null })).toEqual({ vector: [1, 2] });
  for (const input of [{}, { imageId: '7', vector: [1] }, { crop }, { vector: [1], crop }]) {
    expect(() => exampleOf(input)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  }
  expect(() => exampleOf({ imageId: '' })).toThrow(expect.objectContaining({ code: 'INVALID_ID' }));
});

it('a file is read when its bytes are asked for, and again when they are again', async () => {
  let reads = 0;
  const file = Promise.resolve({
    ...{ fieldName: '0', filename: 'a.png', mimetype: 'image/png', encoding: '7bit' },
    createReadStream: () => {
      reads += 1;
      return Readable.from([Buffer.from('ab')]) as never;
    },
  });
  const [positive] = queryOf({ positives: [{ file }], negatives: [{ file }] }).positives;
  await file;
  expect(reads).toBe(0);
  if (!positive || !('bytes' in positive)) throw new Error('The example is a file.');
  for (const times of [1, 2]) {
    expect(Buffer.from(await positive.bytes()).toString()).toBe('ab');
    expect(reads).toBe(times);
  }
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
