/** What the scores of an evaluation mean, without what they were measured on. */
export const SCORE_WORDS = {
  'P@10': "Share of the 10 neighbours that bear the query's label, as the search answers",
  'Recall@10': 'Share of the true 10 nearest that the index finds',
} as const;

export type ScoreName = keyof typeof SCORE_WORDS;
