import type { ExpressionBuilder, Selectable } from 'kysely';
import type { EmbeddingMap, MapKind } from '../../../domain/embedding-map.js';
import type { RunFailure } from '../../../domain/training-run.js';
import type { EmbeddingMaps } from '../../../ports/embedding-maps.js';
import type { Database } from './database.js';
import { dateOf, optionalDateOf } from './instants.js';
import { isLeaseOver } from './lease.js';
import type { EmbeddingMapTable, Tables } from './tables.js';

export class SqliteEmbeddingMaps implements EmbeddingMaps {
  constructor(private readonly db: Database) {}

  async find(modelId: number, kind: MapKind): Promise<EmbeddingMap | null> {
    const row = await this.db
      .selectFrom('embedding_map')
      .selectAll()
      .where(isOf(modelId, kind))
      .executeTakeFirst();
    return row ? mapOf(row) : null;
  }

  async request(modelId: number, kind: MapKind): Promise<EmbeddingMap | null> {
    const queued = {
      status: 'QUEUED' as const,
      progress: 0,
      failure: null,
      attempts: 0,
      cancel_requested: 0,
      created_at: Date.now(),
      finished_at: null,
    };
    const values = { model_id: modelId, kind, ...queued };
    const columns = Object.keys(values) as (keyof typeof values)[];
    await this.db
      .insertInto('embedding_map')
      .columns(columns)
      .expression((eb) =>
        eb
          .selectFrom('model')
          .select(columns.map((column) => eb.val(values[column]).as(column)))
          .where('model.id', '=', modelId),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['model_id', 'kind'])
          .doUpdateSet(queued)
          .where('embedding_map.status', 'not in', ['QUEUED', 'RUNNING']),
      )
      .execute();
    return this.find(modelId, kind);
  }

  async requestCancel(modelId: number, kind: MapKind): Promise<boolean> {
    const now = Date.now();
    const ended = await this.db
      .updateTable('embedding_map')
      .set({ status: 'CANCELLED', cancel_requested: 1, progress: 0, finished_at: now })
      .where(isOf(modelId, kind))
      .where(isWaiting(now))
      .executeTakeFirst();
    if (ended.numUpdatedRows > 0n) return true;
    const asked = await this.db
      .updateTable('embedding_map')
      .set({ cancel_requested: 1 })
      .where(isOf(modelId, kind))
      .where('status', '=', 'RUNNING')
      .executeTakeFirst();
    return asked.numUpdatedRows > 0n;
  }
}

export function isWaiting(now: number) {
  return (eb: ExpressionBuilder<Tables, 'embedding_map'>) =>
    eb.or([eb('status', '=', 'QUEUED'), eb.and([eb('status', '=', 'RUNNING'), isLeaseOver(now)])]);
}

function isOf(modelId: number, kind: MapKind) {
  return (eb: ExpressionBuilder<Tables, 'embedding_map'>) =>
    eb.and([eb('model_id', '=', modelId), eb('kind', '=', kind)]);
}

function mapOf(row: Selectable<EmbeddingMapTable>): EmbeddingMap {
  return {
    modelId: row.model_id,
    kind: row.kind,
    status: row.status,
    progress: row.progress,
    blobId: row.blob_id,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as RunFailure),
    createdAt: dateOf(row.created_at),
    finishedAt: optionalDateOf(row.finished_at),
  };
}
