/** What the scores of an evaluation mean, without what they were measured on. */
export const SCORE_WORDS = {
  'P@1': "Share of queries whose nearest image bears the query's label",
  'P@10': "Share of the 10 neighbours that bear the query's label",
  'mAP@100': 'How early in the first 100 places the images with the label come: 1 is all in front',
  '10-NN accuracy': 'Share of queries whose label the vote of their 10 nearest tells',
  'Recall@10': 'Share of the true 10 nearest that the index finds',
  'Own copies': 'Share of moved, turned, dimmed and noisy copies whose original is found first',
} as const;

export type ScoreName = keyof typeof SCORE_WORDS;
