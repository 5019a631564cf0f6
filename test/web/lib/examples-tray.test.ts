import { describe, expect, it } from 'vitest';
import {
  asQuery,
  EXAMPLES_MAX,
  hasRoom,
  sideOf,
  swapExample,
  withExample,
  withoutExample,
} from '../../../web/lib/examples-tray.js';
import {
  imageRef,
  searchStateOf,
  uploadRef,
  type SearchState,
} from '../../../web/lib/search-state.js';

const [a, b, c] = [imageRef('1'), imageRef('2'), uploadRef('1')];

function search(address: string): SearchState {
  return searchStateOf(new URLSearchParams(address));
}

describe('the examples of a search', () => {
  const crop = 'crop=0.1,0.1,0.5,0.5';

  it('gain one on either side, each once', () => {
    const liked = withExample(search('image=1'), b, 'LIKE');
    expect(liked.likes).toEqual([b]);
    expect(withExample(liked, b, 'LIKE')).toEqual(liked);
    expect(withExample(liked, c, 'UNLIKE').unlikes).toEqual([c]);
  });

  it('tell an image from an upload of the same key', () => {
    const state = withExample(search('image=1'), c, 'UNLIKE');
    expect(sideOf(state, a)).toBe('LIKE');
    expect(sideOf(state, c)).toBe('UNLIKE');
    expect(sideOf(state, imageRef('7'))).toBeNull();
  });

  it('have one change sides rather than be on both', () => {
    const state = withExample(search('image=1&like=2'), b, 'UNLIKE');
    expect(state.likes).toEqual([]);
    expect(state.unlikes).toEqual([b]);
    expect(swapExample(state, b).likes).toEqual([b]);
  });

  it('make the first example the query', () => {
    expect(withExample(search(''), a, 'LIKE').query).toEqual(a);
  });

  it('never lose the last positive one to the other side', () => {
    const state = search('image=1&unlike=2');
    expect(swapExample(state, a)).toEqual(state);
  });

  it('let the next one be the query, without the crop, when the query goes', () => {
    const state = withoutExample(search(`image=1&${crop}&like=2,u1`), a);
    expect(state.query).toEqual(b);
    expect(state.crop).toBeNull();
    expect(state.likes).toEqual([c]);
  });

  it('keep the crop of the query when another one goes', () => {
    const state = withoutExample(search(`image=1&${crop}&like=2`), b);
    expect(state.query).toEqual(a);
    expect(state.crop).not.toBeNull();
  });

  it('swap the query for another positive one, and lose none', () => {
    const state = asQuery(search(`image=1&${crop}&like=2,u1`), c);
    expect(state.query).toEqual(c);
    expect(state.crop).toBeNull();
    expect(state.likes).toEqual([a, b]);
  });

  it('are as many as the API takes, the query counted', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, id) => id + 2).join(',');
    const almost = search(`image=1&like=${ids(EXAMPLES_MAX - 2)}`);
    expect(hasRoom(almost, 'LIKE')).toBe(true);
    const full = withExample(almost, imageRef('99'), 'LIKE');
    expect(hasRoom(full, 'LIKE')).toBe(false);
    expect(withExample(full, imageRef('100'), 'LIKE')).toEqual(full);
    expect(hasRoom(full, 'UNLIKE')).toBe(true);
  });
});
