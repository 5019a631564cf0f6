import type { Selectable, Transaction } from 'kysely';
import type { BlobId } from '../../../domain/image.js';
import type { Epoch, EpochNeighbours } from '../../../domain/training-run.js';
import type { ValidationScore } from '../../../domain/validation.js';
import type { FinishedEpoch } from '../../../ports/training-runs.js';
import { dateOf } from './instants.js';
import type { EpochNeighboursTable, EpochTable, Tables } from './tables.js';

/**
 * The row of an epoch, with those of its pictures and of the neighbours of its probe images.
 * @returns the blobs of pictures whose images are gone: no row bears them
 */
export async function insertEpoch(
  transaction: Transaction<Tables>,
  runId: number,
  finished: FinishedEpoch,
): Promise<BlobId[]> {
  const { epoch, loss, seconds, reconstructions, validation = null, neighbours = [] } = finished;
  await transaction
    .insertInto('epoch')
    .values({
      ...{ run_id: runId, epoch, loss, seconds, finished_at: Date.now() },
      validation: validation && JSON.stringify(validation),
    })
    .execute();
  // A user may have deleted an image since it was looked at.
  const present = await transaction
    .selectFrom('image')
    .select('id')
    .where('id', 'in', [...reconstructions, ...neighbours, { imageId: 0 }].map(idOf))
    .execute();
  const ids = new Set(present.map(({ id }) => id));
  const redrawn = reconstructions
    .filter(({ imageId }) => ids.has(imageId))
    .map(({ imageId, blobId }) => ({ run_id: runId, epoch, image_id: imageId, blob_id: blobId }));
  if (redrawn.length > 0) {
    await transaction.insertInto('epoch_reconstruction').values(redrawn).execute();
  }
  const found = neighbours
    .filter(({ imageId }) => ids.has(imageId))
    .map(({ imageId, neighbourIds }) => ({
      ...{ run_id: runId, epoch, image_id: imageId },
      neighbour_ids: JSON.stringify(neighbourIds),
    }));
  if (found.length > 0) await transaction.insertInto('epoch_neighbours').values(found).execute();
  return reconstructions.flatMap(({ imageId, blobId }) => (ids.has(imageId) ? [] : [blobId]));
}

export function epochOf(row: Selectable<EpochTable>): Epoch {
  const { run_id, finished_at, validation, ...rest } = row;
  return {
    ...rest,
    runId: run_id,
    finishedAt: dateOf(finished_at),
    validation: validation === null ? null : (JSON.parse(validation) as ValidationScore),
  };
}

export function neighboursOf(row: Selectable<EpochNeighboursTable>): EpochNeighbours {
  return {
    ...{ runId: row.run_id, epoch: row.epoch, imageId: row.image_id },
    neighbourIds: JSON.parse(row.neighbour_ids) as number[],
  };
}

function idOf({ imageId }: { readonly imageId: number }): number {
  return imageId;
}
