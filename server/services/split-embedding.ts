import type { Split } from '../domain/dataset.js';
import type { OnProgress } from '../domain/progress.js';
import type { TrainingRun } from '../domain/training-run.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { Network } from '../ports/networks.js';
import type { SeenSplit } from './evaluation.js';
import type { PictureLoader } from './picture-loading.js';

/**
 * Embeds the images of a split with the network of a run, and stores the embeddings, or why there is
 * none.
 */
export async function embedSplit(
  images: Images,
  loader: PictureLoader,
  embeddings: Embeddings,
  run: TrainingRun,
  network: Network,
  split: Split,
  onProgress: OnProgress,
): Promise<SeenSplit> {
  const { latentSize, input } = network;
  const count = await images.count(run.datasetId, { split });
  const vectors = new Float32Array(count * latentSize);
  const reconstructionErrors = new Float32Array(count);
  const imageIds: number[] = [];
  const labels: (string | null)[] = [];
  for await (const batch of loader.batches(run.datasetId, split, input, count)) {
    const seen = await network.embed(batch);
    await embeddings.putMany(
      run.id,
      batch.images.map(({ id }, position) => ({
        imageId: id,
        vector: seen.embeddings.subarray(position * latentSize, (position + 1) * latentSize),
        reconstructionError: seen.reconstructionErrors[position] ?? null,
      })),
    );
    await embeddings.putFailures(run.id, batch.failures);
    vectors.set(seen.embeddings, imageIds.length * latentSize);
    reconstructionErrors.set(seen.reconstructionErrors, imageIds.length);
    for (const { id, label } of batch.images) {
      imageIds.push(id);
      labels.push(label);
    }
    await onProgress(imageIds.length / count);
  }
  return { imageIds, labels, vectors, reconstructionErrors };
}

/** What is left of a split when only the images with these ids are still in it. */
export function keptOf(seen: SeenSplit, latentSize: number, ids: readonly number[]): SeenSplit {
  const present = new Set(ids);
  if (seen.vectors.length === present.size * latentSize) return seen;
  const kept = [...seen.imageIds.keys()].filter((row) => present.has(seen.imageIds[row] ?? 0));
  const vectors = new Float32Array(kept.length * latentSize);
  kept.forEach((row, place) => {
    const vector = seen.vectors.subarray(row * latentSize, (row + 1) * latentSize);
    vectors.set(vector, place * latentSize);
  });
  return {
    imageIds: kept.map((row) => seen.imageIds[row] ?? 0),
    labels: kept.map((row) => seen.labels[row] ?? null),
    vectors,
    reconstructionErrors: Float32Array.from(kept, (row) => seen.reconstructionErrors[row] ?? 0),
  };
}
