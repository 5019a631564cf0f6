/** What an empty data directory is filled with: the dataset and a run, only the dataset, or nothing. */
export const FIRST_STARTS = ['train', 'import', 'empty'] as const;
export type FirstStart = (typeof FIRST_STARTS)[number];
