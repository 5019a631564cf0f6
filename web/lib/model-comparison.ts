import { addressWith } from './url-state';

/** What the page that compares two models shows; all of it stands in the address. */
export interface ModelComparisonState {
  /** Ids of the models; null leaves the choice to the page. */
  readonly a: string | null;
  readonly b: string | null;
  /** Id of the query image; null takes the first that is drawn. */
  readonly image: string | null;
  /** Key of a picture of one's own, which goes before the image. */
  readonly upload: string | null;
  /** Seed of the drawn images to pick from. */
  readonly seed: number;
}

/** Neighbours of each model that are shown, and that the other one's are sought among. */
export const SHOWN = 10;
export const SOUGHT = 100;

export function modelComparisonOf(params: URLSearchParams): ModelComparisonState {
  const id = (name: string) => {
    const text = params.get(name);
    return text && /^[1-9]\d{0,15}$/.test(text) ? text : null;
  };
  return {
    a: id('a'),
    b: id('b'),
    image: id('image'),
    upload: id('upload'),
    seed: Number(params.get('seed')) || 1,
  };
}

/** Where this state is; defaults are left out, so that addresses stay short. */
export function modelComparisonAddress(state: ModelComparisonState): string {
  const { seed, ...ids } = state;
  return addressWith('/models/compare', '', { ...ids, seed: seed === 1 ? null : seed });
}

/** The ids to compare: those asked for, else the active model and the newest other one. */
export function chosenModels(
  { a, b }: Pick<ModelComparisonState, 'a' | 'b'>,
  models: readonly { readonly id: string; readonly active: boolean }[],
): { readonly a: string; readonly b: string } | null {
  const byRank = [...models].sort((one, other) => Number(other.active) - Number(one.active));
  const first = a ?? byRank.find(({ id }) => id !== b)?.id;
  const second = b ?? byRank.find(({ id }) => id !== first)?.id;
  return first && second ? { a: first, b: second } : null;
}

interface Ranked {
  readonly rank: number;
  readonly image: { readonly id: string };
}

/** What became of a neighbour under another model. */
export interface Move {
  /** Its rank there; null where it is not among the first SOUGHT. */
  readonly otherRank: number | null;
}

/** For each of the first SHOWN neighbours under one model, where another one has it. */
export function movesOf(one: readonly Ranked[], other: readonly Ranked[]): Move[] {
  const ranks = new Map(other.map(({ rank, image }) => [image.id, rank]));
  return one.slice(0, SHOWN).map(({ image }) => ({ otherRank: ranks.get(image.id) ?? null }));
}

/** How many of the shown neighbours both models have. */
export function sharedCount(moves: readonly Move[]): number {
  return moves.filter(({ otherRank }) => otherRank !== null && otherRank <= SHOWN).length;
}
