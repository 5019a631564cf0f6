import { inBatches } from '../../../domain/batches.js';
import type { Split } from '../../../domain/dataset.js';
import type { Embedding, EmbeddingFailure } from '../../../domain/model.js';
import type { EmbeddingCounts, Embeddings } from '../../../ports/embeddings.js';
import type { Database } from './database.js';
import { forgetEmbeddings, forgetOrphans } from './embedding-deletion.js';
import { countStates, imagesWithoutFailure, statesOf, writeFailures } from './embedding-states.js';
import { asIdList, idsIn } from './id-lists.js';
import { bytesOf, vectorOf } from './vectors.js';

const ROWS_PER_INSERT = 500;
const ROWS_PER_READ = 2000;

export class SqliteEmbeddings implements Embeddings {
  constructor(private readonly db: Database) {}

  async putMany(modelId: number, embeddings: readonly Embedding[]): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      for (const batch of inBatches(embeddings, ROWS_PER_INSERT)) {
        const imageIds = batch.map(({ imageId }) => imageId);
        const present = await imagesWithoutFailure(transaction, modelId, imageIds);
        const rows = batch
          .filter(({ imageId }) => present.has(imageId))
          .map(({ imageId, vector, reconstructionError }) => ({
            model_id: modelId,
            image_id: imageId,
            vector: bytesOf(vector),
            reconstruction_error: reconstructionError,
          }));
        if (rows.length === 0) continue;
        await transaction
          .insertInto('embedding')
          .values(rows)
          .onConflict((conflict) =>
            conflict.columns(['model_id', 'image_id']).doUpdateSet(({ ref }) => ({
              vector: ref('excluded.vector'),
              reconstruction_error: ref('excluded.reconstruction_error'),
            })),
          )
          .execute();
      }
    });
  }

  putFailures(modelId: number, failures: readonly EmbeddingFailure[]): Promise<void> {
    return writeFailures(this.db, modelId, failures);
  }

  async findMany(modelId: number, imageIds: readonly number[]): Promise<Embedding[]> {
    const found: Embedding[] = [];
    const ascending = [...new Set(imageIds)].sort((a, b) => a - b);
    for (const batch of inBatches(ascending, ROWS_PER_READ)) {
      const rows = await this.db
        .selectFrom('embedding')
        .select(['image_id', 'vector', 'reconstruction_error'])
        .where('model_id', '=', modelId)
        .where('image_id', 'in', batch)
        .orderBy('image_id')
        .execute();
      found.push(...rows.map(embeddingOf));
    }
    return found;
  }

  async ids(modelId: number, split: Split): Promise<number[]> {
    const row = await this.db
      .selectFrom((eb) =>
        eb
          .selectFrom('embedding')
          .innerJoin('image', 'image.id', 'embedding.image_id')
          .select('embedding.image_id')
          .where('embedding.model_id', '=', modelId)
          .where('image.split', '=', split)
          .orderBy('embedding.image_id')
          .as('embedded'),
      )
      .select(asIdList('image_id'))
      .executeTakeFirst();
    return idsIn(row);
  }

  async *stream(modelId: number, split: Split): AsyncIterable<readonly Embedding[]> {
    let lastId = 0;
    for (;;) {
      const rows = await this.db
        .selectFrom('embedding')
        .innerJoin('image', 'image.id', 'embedding.image_id')
        .select(['embedding.image_id', 'embedding.vector', 'embedding.reconstruction_error'])
        .where('embedding.model_id', '=', modelId)
        .where('embedding.image_id', '>', lastId)
        .where('image.split', '=', split)
        .orderBy('embedding.image_id')
        .limit(ROWS_PER_READ)
        .execute();
      const last = rows.at(-1);
      if (!last) return;
      lastId = last.image_id;
      yield rows.map(embeddingOf);
    }
  }

  states(modelId: number, imageIds: readonly number[]): ReturnType<Embeddings['states']> {
    return statesOf(this.db, modelId, imageIds);
  }

  counts(modelId: number, datasetId: number): Promise<EmbeddingCounts> {
    return countStates(this.db, modelId, datasetId);
  }

  async worstRedrawn(
    modelId: number,
    offset: number,
    limit: number,
  ): Promise<{ imageId: number; reconstructionError: number }[]> {
    const rows = await this.db
      .selectFrom('embedding')
      .select(['image_id', 'reconstruction_error'])
      .where('model_id', '=', modelId)
      .where('reconstruction_error', 'is not', null)
      .$narrowType<{ reconstruction_error: number }>()
      .orderBy('reconstruction_error', 'desc')
      .orderBy('image_id')
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map((row) => ({
      imageId: row.image_id,
      reconstructionError: row.reconstruction_error,
    }));
  }

  async deleteAll(modelId: number): Promise<void> {
    await this.db.transaction().execute((transaction) => forgetEmbeddings(transaction, [modelId]));
  }

  deleteOrphans(): Promise<void> {
    return forgetOrphans(this.db);
  }
}

function embeddingOf(row: {
  readonly image_id: number;
  readonly vector: Uint8Array;
  readonly reconstruction_error: number | null;
}): Embedding {
  return {
    imageId: row.image_id,
    vector: vectorOf(row.vector),
    reconstructionError: row.reconstruction_error,
  };
}
