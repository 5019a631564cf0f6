import { randomUUID } from 'node:crypto';
import type { ExpressionBuilder, Updateable } from 'kysely';
import type { MapLease, MapStatus } from '../../../domain/embedding-map.js';
import { LookalikeError } from '../../../domain/errors.js';
import type { BlobId } from '../../../domain/image.js';
import type { RunFailure } from '../../../domain/training-run.js';
import type { MapQueue } from '../../../ports/embedding-maps.js';
import type { Database } from './database.js';
import { doom } from './doomed-blobs.js';
import { isWaiting } from './embedding-maps.js';
import { isLeaseOf, LEASE_MS, newLeaseToken, RELEASED } from './lease.js';
import type { EmbeddingMapTable, Tables } from './tables.js';

export class SqliteMapQueue implements MapQueue {
  constructor(
    private readonly db: Database,
    readonly owner: string = randomUUID(),
  ) {}

  async claim(maxAttempts: number): Promise<MapLease | null> {
    const now = Date.now();
    await this.failHopeless(maxAttempts, now);
    const token = newLeaseToken(this.owner);
    const row = await this.db
      .updateTable('embedding_map')
      .set(({ eb }) => ({
        status: 'RUNNING' as const,
        progress: 0,
        attempts: eb('attempts', '+', 1),
        lease_token: token,
        lease_expires_at: now + LEASE_MS,
      }))
      .where((eb) =>
        eb(eb.refTuple('model_id', 'kind'), 'in', (inner) =>
          inner
            .selectFrom('embedding_map')
            .select(['model_id', 'kind'])
            .where(isWaiting(now))
            .orderBy('created_at')
            .orderBy('model_id')
            .orderBy('kind')
            .limit(1)
            .$asTuple('model_id', 'kind'),
        ),
      )
      .returning(['model_id', 'kind'])
      .executeTakeFirst();
    return row ? { modelId: row.model_id, kind: row.kind, token } : null;
  }

  async hasWaiting(): Promise<boolean> {
    const row = await this.db
      .selectFrom('embedding_map')
      .select('kind')
      .where(isWaiting(Date.now()))
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async release(owner: string): Promise<void> {
    await this.db
      .updateTable('embedding_map')
      .set({ lease_expires_at: RELEASED })
      .where('status', '=', 'RUNNING')
      .where(isLeaseOf(owner))
      .execute();
  }

  async heartbeat(lease: MapLease, progress: number): Promise<{ cancelRequested: boolean }> {
    const row = await this.db
      .updateTable('embedding_map')
      .set({ progress, lease_expires_at: Date.now() + LEASE_MS })
      .where(isHeldBy(lease))
      .returning('cancel_requested')
      .executeTakeFirst();
    if (!row) throw leaseLost(lease);
    return { cancelRequested: row.cancel_requested !== 0 };
  }

  async succeed(lease: MapLease, blobId: BlobId): Promise<BlobId[]> {
    const unused = await this.db.transaction().execute(async (transaction) => {
      // A write first, so that what is read after it stays true until the commit.
      const held = await transaction
        .updateTable('embedding_map')
        .set({ progress: 1 })
        .where(isHeldBy(lease))
        .returning('blob_id')
        .executeTakeFirst();
      if (!held) {
        await doom(transaction, [blobId]);
        return null;
      }
      await transaction
        .updateTable('embedding_map')
        .set({ ...ended('SUCCEEDED', null), progress: 1, blob_id: blobId })
        .where(isHeldBy(lease))
        .execute();
      return doom(transaction, held.blob_id === null ? [] : [held.blob_id]);
    });
    if (!unused) throw leaseLost(lease);
    return unused;
  }

  async stop(
    lease: MapLease,
    status: 'FAILED' | 'CANCELLED' | 'QUEUED',
    failure: RunFailure | null,
  ): Promise<void> {
    const stopped = await this.db
      .updateTable('embedding_map')
      .set(ended(status, failure))
      .where(isHeldBy(lease))
      .executeTakeFirst();
    if (stopped.numUpdatedRows === 0n) throw leaseLost(lease);
  }

  private async failHopeless(maxAttempts: number, now: number): Promise<void> {
    const message =
      `The training process died ${maxAttempts} times in a row on this map. ` +
      'The server log may say why; draw it again when there is more memory.';
    await this.db
      .updateTable('embedding_map')
      .set(ended('FAILED', { code: 'TRAINER_CRASHED', message }))
      .where(isWaiting(now))
      .where('attempts', '>=', maxAttempts)
      .execute();
  }
}

function isHeldBy({ modelId, kind, token }: MapLease) {
  return (eb: ExpressionBuilder<Tables, 'embedding_map'>) =>
    eb.and([
      eb('model_id', '=', modelId),
      eb('kind', '=', kind),
      eb('lease_token', '=', token),
      eb('status', '=', 'RUNNING'),
    ]);
}

function ended(
  status: Exclude<MapStatus, 'RUNNING'>,
  failure: RunFailure | null,
): Updateable<EmbeddingMapTable> {
  return {
    status,
    progress: 0,
    failure: failure && JSON.stringify(failure),
    lease_token: null,
    lease_expires_at: null,
    finished_at: status === 'QUEUED' ? null : Date.now(),
    // Whoever gives a map back in an orderly way has not died on it.
    ...(status === 'QUEUED' && { attempts: 0 }),
  };
}

function leaseLost({ modelId, kind }: MapLease): LookalikeError {
  return new LookalikeError(
    'LEASE_LOST',
    `The ${kind} map of model ${modelId} is not this trainer's to draw any more.`,
  );
}
