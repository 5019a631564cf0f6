import { expect, it } from 'vitest';
import { answerOf } from '../../../web/lib/import-bundle';

it('takes the id of the new dataset out of the answer', () => {
  expect(answerOf(202, '{"datasetId":"7"}')).toEqual({ datasetId: '7' });
});

it('hands on what the server said is wrong with a bundle', () => {
  const refusal = { code: 'DATASET_NAME_TAKEN', message: 'There is a dataset shoes already.' };
  expect(answerOf(409, JSON.stringify(refusal))).toEqual(refusal);
});

it.each([
  ['no JSON', '<h1>Bad gateway</h1>'],
  ['no code', '{"message":"It broke."}'],
  ['null', 'null'],
])('says that the server did not say why: %s', (_, text) => {
  expect(answerOf(502, text)).toEqual({
    code: 'INTERNAL',
    message: expect.stringContaining('502') as string,
  });
});
