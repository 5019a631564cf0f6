import { inBatches } from '../../../domain/batches.js';
import type { Split } from '../../../domain/dataset.js';
import type { Embedding } from '../../../domain/model.js';
import type { Embeddings } from '../../../ports/embeddings.js';
import type { Database } from './database.js';

const ROWS_PER_INSERT = 500;
const ROWS_PER_READ = 2000;

export class SqliteEmbeddings implements Embeddings {
  constructor(private readonly db: Database) {}

  async putMany(modelId: number, embeddings: readonly Embedding[]): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      for (const batch of inBatches(embeddings, ROWS_PER_INSERT)) {
        await transaction
          .insertInto('embedding')
          .values(
            batch.map(({ imageId, vector }) => ({
              model_id: modelId,
              image_id: imageId,
              vector: bytesOf(vector),
            })),
          )
          .onConflict((conflict) =>
            conflict
              .columns(['model_id', 'image_id'])
              .doUpdateSet(({ ref }) => ({ vector: ref('excluded.vector') })),
          )
          .execute();
      }
    });
  }

  async find(modelId: number, imageId: number): Promise<Float32Array | null> {
    const row = await this.db
      .selectFrom('embedding')
      .select('vector')
      .where('model_id', '=', modelId)
      .where('image_id', '=', imageId)
      .executeTakeFirst();
    return row ? vectorOf(row.vector) : null;
  }

  async *stream(modelId: number, split: Split): AsyncIterable<readonly Embedding[]> {
    let lastId = 0;
    for (;;) {
      const rows = await this.db
        .selectFrom('embedding')
        .innerJoin('image', 'image.id', 'embedding.image_id')
        .select(['embedding.image_id', 'embedding.vector'])
        .where('embedding.model_id', '=', modelId)
        .where('embedding.image_id', '>', lastId)
        .where('image.split', '=', split)
        .orderBy('embedding.image_id')
        .limit(ROWS_PER_READ)
        .execute();
      const last = rows.at(-1);
      if (!last) return;
      lastId = last.image_id;
      yield rows.map(({ image_id, vector }) => ({ imageId: image_id, vector: vectorOf(vector) }));
    }
  }

  async deleteAll(modelId: number): Promise<void> {
    await this.db.deleteFrom('embedding').where('model_id', '=', modelId).execute();
  }
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** libsql gives an ArrayBuffer, other drivers a Buffer that may lie unaligned: both are copied. */
function vectorOf(stored: Uint8Array | ArrayBuffer): Float32Array {
  return new Float32Array(new Uint8Array(stored).slice().buffer);
}
