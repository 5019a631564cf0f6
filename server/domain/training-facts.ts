import type { PictureFacts } from './image.js';

/** What is known of the images that a training would learn from. */
export interface TrainingFacts {
  /** TRAIN images there are. */
  readonly trainCount: number;
  readonly testCount: number;
  /** Different labels that images bear. */
  readonly labelCount: number;
  /** Some of the TRAIN images, from all over the dataset. */
  readonly sample: readonly Pick<PictureFacts, 'width' | 'height' | 'channels' | 'hasAlpha'>[];
}

/** The share of the sampled images that are grayscale; 0 without any. */
export function grayscaleShare({ sample }: TrainingFacts): number {
  return shareOf(sample, ({ channels }) => channels === 1);
}

/** Width by height of the sampled images. */
export function aspectRatios({ sample }: TrainingFacts): number[] {
  return sample.map(({ width, height }) => width / height);
}

/** The longer side of each sampled image, in pixels. */
export function longerSides({ sample }: TrainingFacts): number[] {
  return sample.map(({ width, height }) => Math.max(width, height));
}

/** The share of the items that are so; 0 without any. */
export function shareOf<T>(items: readonly T[], isSo: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(isSo).length / items.length;
}

/** The number that comes at this share when they are ordered; none of none. */
export function numberAt(share: number, numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[Math.round(share * (numbers.length - 1))];
}
