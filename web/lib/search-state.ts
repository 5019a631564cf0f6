import type { Split } from '../gql/graphql';
import { addressWith } from './url-state';

export const K_MIN = 1;
export const K_MAX = 1000;
const K_DEFAULT = 10;

export type SplitChoice = Split | 'ALL';

/** What the search page shows; all of it stands in the address. */
export interface SearchState {
  /** Id of the query image. */
  readonly imageId: string | null;
  /** Key of an uploaded picture, which only this tab knows. */
  readonly uploadKey: string | null;
  readonly k: number;
  readonly split: SplitChoice;
  /** Id of a model; null is the active one. */
  readonly modelId: string | null;
  /** Seed of the drawn test images to pick from. */
  readonly seed: number;
}

export function searchStateOf(params: URLSearchParams): SearchState {
  const split = params.get('split');
  return {
    imageId: params.get('image'),
    uploadKey: params.get('upload'),
    k: kOf(params.get('k')) ?? K_DEFAULT,
    split: split === 'TEST' || split === 'ALL' ? split : 'TRAIN',
    modelId: params.get('model'),
    seed: Number(params.get('seed')) || 1,
  };
}

/** A whole number from 1 to 1000, or null. */
export function kOf(text: string | null): number | null {
  const k = Number(text);
  return text && Number.isInteger(k) && k >= K_MIN && k <= K_MAX ? k : null;
}

/** Where this state is; defaults are left out, so that addresses stay short. */
export function searchAddress(state: SearchState): string {
  return addressWith('/search', '', {
    image: state.imageId,
    upload: state.uploadKey,
    k: state.k === K_DEFAULT ? null : state.k,
    split: state.split === 'TRAIN' ? null : state.split,
    model: state.modelId,
    seed: state.seed === 1 ? null : state.seed,
  });
}

/** The same search from another image. */
export function fromImage(state: SearchState, imageId: string): SearchState {
  return { ...state, imageId, uploadKey: null };
}

/** The split of a search as the API takes it: null is every split. */
export function splitFilter(split: SplitChoice): Split | null {
  return split === 'ALL' ? null : split;
}
