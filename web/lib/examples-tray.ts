import type { ExampleRef, SearchState } from './search-state';

/** The examples of a search: the query, what else the answers are to be like, and what not. */

export type Side = 'LIKE' | 'UNLIKE';

/** How many the API takes on each side. */
export const EXAMPLES_MAX = 20;

export function isSame(one: ExampleRef | null, other: ExampleRef): boolean {
  return one?.kind === other.kind && one.key === other.key;
}

/** Which side a picture is an example on; null for one that is none. */
export function sideOf(state: SearchState, example: ExampleRef): Side | null {
  const within = (refs: readonly ExampleRef[]) => refs.some((ref) => isSame(ref, example));
  if (isSame(state.query, example) || within(state.likes)) return 'LIKE';
  return within(state.unlikes) ? 'UNLIKE' : null;
}

/** Whether one more fits on a side. */
export function hasRoom(state: SearchState, side: Side): boolean {
  const count = side === 'LIKE' ? state.likes.length + 1 : state.unlikes.length;
  return count < EXAMPLES_MAX;
}

/** The search with one more example; one of the other side changes sides. */
export function withExample(state: SearchState, example: ExampleRef, side: Side): SearchState {
  if (!state.query) return side === 'LIKE' ? { ...state, query: example, crop: null } : state;
  if (sideOf(state, example) === side) return state;
  const rest = withoutExample(state, example);
  // The last thing that is sought cannot be made what is not sought.
  if (!rest.query || !hasRoom(rest, side)) return state;
  return side === 'LIKE'
    ? { ...rest, likes: [...rest.likes, example] }
    : { ...rest, unlikes: [...rest.unlikes, example] };
}

/** The search without an example; without the query, the next positive example is the query. */
export function withoutExample(state: SearchState, example: ExampleRef): SearchState {
  const left = (refs: readonly ExampleRef[]) => refs.filter((ref) => !isSame(ref, example));
  const [likes, unlikes] = [left(state.likes), left(state.unlikes)];
  if (!isSame(state.query, example)) return { ...state, likes, unlikes };
  const [query = null, ...others] = likes;
  return { ...state, query, crop: null, likes: others, unlikes: query ? unlikes : [] };
}

/** The search with an example on the other side. */
export function swapExample(state: SearchState, example: ExampleRef): SearchState {
  const side = sideOf(state, example);
  return side ? withExample(state, example, side === 'LIKE' ? 'UNLIKE' : 'LIKE') : state;
}

/** The search with one of its positive examples as the query, which can be cropped. */
export function asQuery(state: SearchState, example: ExampleRef): SearchState {
  if (!state.query || isSame(state.query, example)) return state;
  const others = state.likes.filter((ref) => !isSame(ref, example));
  return { ...state, query: example, crop: null, likes: [state.query, ...others] };
}
