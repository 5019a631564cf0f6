import { formatNumberOf } from './format';

/** What the scores of an evaluation mean, without what they were measured on. */
export const SCORE_WORDS = {
  'P@1': "Share of queries whose nearest image bears the query's label",
  'P@10': "Share of the 10 neighbours that bear the query's label",
  'mAP@100': 'How early in the first 100 places the images with the label come: 1 is all in front',
  '10-NN accuracy': 'Share of queries whose label the vote of their 10 nearest tells',
  'Recall@10': 'Share of the true 10 nearest that the index finds',
  'Own copies': 'Share of moved, turned, dimmed and noisy copies whose original is found first',
} as const;

/** A score of fewer queries is mostly chance: the server refuses no model by it. */
export const LEAST_QUERIES = 30;

/** What is to be known of a score of so few queries; null of enough. */
export function fewQueriesWords(count: number): string | null {
  if (count === 0 || count >= LEAST_QUERIES) return null;
  const images = formatNumberOf(count, 'labelled TEST image');
  return `Neighbours were measured on ${images} only: too few to tell a good model from a bad one.`;
}

export type ScoreName = keyof typeof SCORE_WORDS;
