import { SPLITS, type Split } from '../domain/dataset.js';
import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { labelVote } from '../domain/label-vote.js';
import { keepsLabels, type Model } from '../domain/model.js';
import type { Hit } from '../domain/neighbour.js';
import type { Images } from '../ports/images.js';
import { labelsOfImages } from './image-labels.js';
import { LabelVoters } from './label-voters.js';
import type { LiveIndex } from './live-index.js';
import type { LiveIndexes } from './live-indexes.js';

/** How long a look may hold up the event loop. */
const TURN_MS = 5;

/** A label that the neighbours of an image propose for it. */
export interface ProposedLabel {
  readonly imageId: number;
  readonly split: Split;
  readonly label: string;
  /** Share of the votes, 0 to 1; of an image that bears a label, less the share of that one. */
  readonly confidence: number;
}

/** What one look through the images of a dataset under a model says of their labels. */
export class LabelReview {
  /** For images whose neighbours favour another label than theirs, the strongest first. */
  readonly errors: readonly ProposedLabel[];
  /** For images without a label, the surest first. */
  readonly suggestions: readonly ProposedLabel[];

  private constructor(
    readonly model: Model,
    proposed: readonly ProposedLabel[],
    private readonly voters: LabelVoters,
    private readonly indexes: readonly LiveIndex[],
    labels: ReadonlyMap<number, string>,
  ) {
    const strongestFirst = [...proposed].sort(
      (one, other) => other.confidence - one.confidence || one.imageId - other.imageId,
    );
    this.errors = strongestFirst.filter(({ imageId }) => labels.has(imageId));
    this.suggestions = strongestFirst.filter(({ imageId }) => !labels.has(imageId));
  }

  /**
   * Asks the neighbours of every image. Those that vote are of the TRAIN split, so that what is measured
   * on the TEST split has no say in the labels that are learned from. Where the model keeps labels, those of
   * TRAIN images are not judged: their neighbours only repeat what they bore at the training, also where it
   * has been mended since.
   */
  static async of(
    model: Model,
    images: Images,
    live: LiveIndexes,
    onProgress: (share: number) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<LabelReview> {
    const labels = await labelsOfImages(images, model.datasetId);
    const indexes = await Promise.all(SPLITS.map((split) => live.get(model, split)));
    const voters = new LabelVoters(await live.get(model, 'TRAIN'), labels, model.latentSize);
    const isTaken = keepsLabels(model);
    const isJudged = (imageId: number, split: Split) =>
      !isTaken || split === 'TEST' || !labels.has(imageId);
    const proposed: ProposedLabel[] = [];
    const total = indexes.reduce((sum, { size }) => sum + size, 0);
    let seen = 0;
    let turn = performance.now();
    for (const [place, index] of indexes.entries()) {
      for (const imageId of index.ids()) {
        const split = SPLITS[place] ?? 'TRAIN';
        const found = isJudged(imageId, split) && propose(imageId, split, index, voters, labels);
        if (found) proposed.push(found);
        seen += 1;
        if (performance.now() - turn < TURN_MS) continue;
        onProgress(Math.min(1, seen / total));
        await turnOfTheEventLoop(signal);
        turn = performance.now();
      }
    }
    return new LabelReview(model, proposed, voters, indexes, labels);
  }

  /** Those that voted for an image, the nearest first; none where it is gone. */
  neighboursOf(imageId: number): Hit[] {
    const vector = this.indexes.map((index) => index.vectorOf(imageId)).find((each) => each);
    return vector ? this.voters.of(imageId, vector) : [];
  }
}

function propose(
  imageId: number,
  split: Split,
  index: LiveIndex,
  voters: LabelVoters,
  labels: ReadonlyMap<number, string>,
): ProposedLabel | null {
  const vector = index.vectorOf(imageId);
  if (!vector) return null;
  const own = labels.get(imageId) ?? null;
  const vote = labelVote(
    voters.of(imageId, vector).map((hit) => ({
      label: labels.get(hit.imageId) ?? '',
      distance: hit.distance,
    })),
    own,
  );
  if (!vote || vote.label === own || vote.share <= vote.ownShare) return null;
  return { imageId, split, label: vote.label, confidence: vote.share - vote.ownShare };
}
