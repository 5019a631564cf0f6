import { expect, it } from 'vitest';
import { filterInputOf, mainExampleOf, searchQueryOf } from '../../../web/lib/search-input.js';
import { searchStateOf, type SearchState } from '../../../web/lib/search-state.js';
import { keepUpload } from '../../../web/lib/uploads.js';

function search(address: string): SearchState {
  return searchStateOf(new URLSearchParams(address));
}

it('only the query is cropped', () => {
  expect(searchQueryOf(search('image=1&crop=0.1,0.2,0.3,0.4&like=2&unlike=3'))).toEqual({
    positives: [
      { imageId: '1', crop: { left: 0.1, top: 0.2, width: 0.3, height: 0.4 } },
      { imageId: '2' },
    ],
    negatives: [{ imageId: '3' }],
  });
});

it('a picture of this tab is sent as its file, and is no query once it is gone', () => {
  const file = new File(['picture'], 'boot.png', { type: 'image/png' });
  const key = keepUpload(file);
  expect(mainExampleOf(search(`upload=${key}`))?.file).toBe(file);
  expect(searchQueryOf(search('upload=404'))).toBeNull();
});

it('further pictures that are gone are left out', () => {
  expect(searchQueryOf(search('image=1&like=u404&unlike=u405'))).toEqual({
    positives: [{ imageId: '1' }],
    negatives: [],
  });
});

it('no condition is no filter', () => {
  expect(filterInputOf(search(''))).toBeNull();
});

it('days count from their midnight here', () => {
  const filter = filterInputOf(search('split=TRAIN&label=Boot&from=2026-02-01&before=2026-02-03'));
  expect(filter).toEqual({
    split: 'TRAIN',
    label: 'Boot',
    addedFrom: new Date(2026, 1, 1).toISOString(),
    addedBefore: new Date(2026, 1, 3).toISOString(),
  });
});
