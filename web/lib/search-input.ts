import type { ExampleInput, ImageFilterInput, SearchQueryInput } from '../gql/graphql';
import type { ExampleRef, SearchState } from './search-state';
import { uploadOf } from './uploads';

/** A search as the API takes it. */

/** The query with the part of it that counts; null where its picture is no longer in this tab. */
export function mainExampleOf({ query, crop }: SearchState): ExampleInput | null {
  const example = query && exampleOf(query);
  return example && (crop ? { ...example, crop } : example);
}

/** All examples that are still there; null where the query is not. */
export function searchQueryOf(state: SearchState): SearchQueryInput | null {
  const main = mainExampleOf(state);
  if (!main) return null;
  const present = (refs: readonly ExampleRef[]) => refs.flatMap((ref) => exampleOf(ref) ?? []);
  return { positives: [main, ...present(state.likes)], negatives: present(state.unlikes) };
}

/** Null where nothing is filtered. */
export function filterInputOf({ split, filter }: SearchState): ImageFilterInput | null {
  const { label, metadata, addedFrom, addedBefore } = filter;
  const input: ImageFilterInput = {
    ...(split !== 'ALL' && { split }),
    ...(label !== null && { label }),
    ...(metadata.length > 0 && { metadata: [...metadata] }),
    ...(addedFrom !== null && { addedFrom: midnightOf(addedFrom) }),
    ...(addedBefore !== null && { addedBefore: midnightOf(addedBefore) }),
  };
  return Object.keys(input).length > 0 ? input : null;
}

/** How many conditions a filter has, beside the split. */
export function conditionCount({ filter }: SearchState): number {
  const { label, metadata, addedFrom, addedBefore } = filter;
  const single = [label, addedFrom, addedBefore].filter((condition) => condition !== null);
  return single.length + metadata.length;
}

function exampleOf({ kind, key }: ExampleRef): ExampleInput | null {
  if (kind === 'IMAGE') return { imageId: key };
  const upload = uploadOf(key);
  return upload && { file: upload.file };
}

/** When a day begins here. */
function midnightOf(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}
