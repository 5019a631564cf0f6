import type { Split } from '../gql/graphql';
import { cropOf, cropText, type Crop } from './crop-area';
import { addressWith } from './url-state';

export const K_MIN = 1;
export const K_MAX = 1000;
const K_DEFAULT = 10;

export type SplitChoice = Split | 'ALL';

/** A picture to search from: an image of the dataset, or a picture of one's own that this tab knows. */
export interface ExampleRef {
  readonly kind: 'IMAGE' | 'UPLOAD';
  /** Id of the image, or key of the upload. */
  readonly key: string;
}

/** Which images are searched, beside their split. */
export interface SearchFilter {
  readonly label: string | null;
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  /** Days, `2026-03-01`: added on this one or later, and before that one. */
  readonly addedFrom: string | null;
  readonly addedBefore: string | null;
}

/** What the search page shows; all of it stands in the address. */
export interface SearchState {
  /** What is searched from: the first of the positive examples. */
  readonly query: ExampleRef | null;
  /** The part of the query that counts. */
  readonly crop: Crop | null;
  /** Further pictures that the answers are to be like. */
  readonly likes: readonly ExampleRef[];
  /** Pictures that they are not to be like. */
  readonly unlikes: readonly ExampleRef[];
  readonly k: number;
  readonly split: SplitChoice;
  readonly filter: SearchFilter;
  /** Id of a model; null is the active one. */
  readonly modelId: string | null;
  /** Seed of the drawn images to pick from. */
  readonly seed: number;
}

export const NO_FILTER: SearchFilter = {
  label: null,
  metadata: [],
  addedFrom: null,
  addedBefore: null,
};

export function searchStateOf(params: URLSearchParams): SearchState {
  const split = params.get('split');
  const [image, upload] = [params.get('image'), params.get('upload')];
  return {
    query: upload ? uploadRef(upload) : image ? imageRef(image) : null,
    crop: cropOf(params.get('crop')),
    likes: refsOf(params.get('like')),
    unlikes: refsOf(params.get('unlike')),
    k: kOf(params.get('k')) ?? K_DEFAULT,
    split: split === 'TRAIN' || split === 'TEST' ? split : 'ALL',
    filter: {
      label: params.get('label'),
      metadata: [...new URLSearchParams(params.get('meta') ?? '')].map(([key, value]) => ({
        key,
        value,
      })),
      addedFrom: dayOf(params.get('from')),
      addedBefore: dayOf(params.get('before')),
    },
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
  const { query, crop, filter } = state;
  const metadata = new URLSearchParams(filter.metadata.map(({ key, value }) => [key, value]));
  const address = addressWith('/search', '', {
    image: query?.kind === 'IMAGE' ? query.key : null,
    upload: query?.kind === 'UPLOAD' ? query.key : null,
    crop: query && crop ? cropText(crop) : null,
    like: textOfRefs(state.likes),
    unlike: textOfRefs(state.unlikes),
    k: state.k === K_DEFAULT ? null : state.k,
    split: state.split === 'ALL' ? null : state.split,
    label: filter.label,
    meta: metadata.toString() || null,
    from: filter.addedFrom,
    before: filter.addedBefore,
    model: state.modelId,
    seed: state.seed === 1 ? null : state.seed,
  });
  // A comma needs no escape in a query, and reads better without.
  return address.replaceAll('%2C', ',');
}

export function imageRef(key: string): ExampleRef {
  return { kind: 'IMAGE', key };
}

export function uploadRef(key: string): ExampleRef {
  return { kind: 'UPLOAD', key };
}

/** The same search from another picture alone. */
export function fromExample(state: SearchState, query: ExampleRef): SearchState {
  return { ...state, query, crop: null, likes: [], unlikes: [] };
}

/** `1,2,u3`: an upload is told by its key in this tab. */
function textOfRefs(refs: readonly ExampleRef[]): string | null {
  return refs.map(({ kind, key }) => (kind === 'UPLOAD' ? `u${key}` : key)).join(',') || null;
}

function refsOf(text: string | null): ExampleRef[] {
  const parts = text?.split(',').filter((part) => /^u?[1-9]\d*$/.test(part)) ?? [];
  return [...new Set(parts)].map((part) =>
    part.startsWith('u') ? uploadRef(part.slice(1)) : imageRef(part),
  );
}

function dayOf(text: string | null): string | null {
  return text && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}
