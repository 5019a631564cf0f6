import { describe, expect, it } from 'vitest';
import {
  fromExample,
  imageRef,
  NO_FILTER,
  searchAddress,
  searchStateOf,
  uploadRef,
  type SearchState,
} from '../../../web/lib/search-state.js';

const BARE: SearchState = {
  query: null,
  crop: null,
  likes: [],
  unlikes: [],
  k: 10,
  split: 'ALL',
  filter: NO_FILTER,
  modelId: null,
  seed: 1,
};

function read(address: string): SearchState {
  return searchStateOf(new URL(address, 'http://localhost').searchParams);
}

describe('the state of a search in the address', () => {
  const full: SearchState = {
    query: imageRef('12'),
    crop: { left: 0.1, top: 0.2, width: 0.3, height: 0.4 },
    likes: [imageRef('3'), uploadRef('7')],
    unlikes: [imageRef('9')],
    k: 25,
    split: 'TEST',
    filter: {
      label: 'a, b & c=d',
      metadata: [
        { key: 'colour', value: 'red & blue' },
        { key: 'a=b', value: '1,2' },
      ],
      addedFrom: '2026-01-31',
      addedBefore: '2026-03-01',
    },
    modelId: '4',
    seed: 99,
  };

  it.each([
    ['nothing chosen', BARE],
    ['everything chosen', full],
    ['an upload', { ...BARE, query: uploadRef('2') }],
  ])('comes back as it was with %s', (_, state) => {
    expect(read(searchAddress(state))).toEqual(state);
  });

  it('leaves defaults out', () => {
    expect(searchAddress(BARE)).toBe('/search');
    expect(searchAddress({ ...BARE, query: imageRef('5') })).toBe('/search?image=5');
  });

  it('reads the examples of an address that somebody typed', () => {
    const state = read('/search?image=1&like=2,2,x,u3,-4&unlike=5');
    expect(state.likes).toEqual([imageRef('2'), uploadRef('3')]);
    expect(state.unlikes).toEqual([imageRef('5')]);
  });

  it('takes no notice of what makes no sense', () => {
    const state = read('/search?k=0&split=NONE&from=yesterday&before=2026-13-45&crop=1,1,1,1');
    expect(state).toEqual(BARE);
  });

  it('forgets the crop and the other examples when another picture is searched from', () => {
    expect(fromExample(full, imageRef('8'))).toEqual({
      ...full,
      query: imageRef('8'),
      crop: null,
      likes: [],
      unlikes: [],
    });
  });
});
