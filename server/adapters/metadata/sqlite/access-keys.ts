import type { Selectable } from 'kysely';
import type { AccessKey, NewAccessKey } from '../../../domain/access.js';
import { notFound } from '../../../domain/errors.js';
import type { AccessKeys, StoredKey } from '../../../ports/access-keys.js';
import type { Database } from './database.js';
import { dateOf, optionalDateOf } from './instants.js';
import type { AccessKeyTable } from './tables.js';

export class SqliteAccessKeys implements AccessKeys {
  constructor(private readonly db: Database) {}

  async list(): Promise<StoredKey[]> {
    const rows = await this.db.selectFrom('access_key').selectAll().orderBy('id', 'desc').execute();
    return this.withDatasets(rows);
  }

  async byHash(hash: string): Promise<StoredKey | null> {
    const rows = await this.db
      .selectFrom('access_key')
      .selectAll()
      .where('hash', '=', hash)
      .execute();
    const [found] = await this.withDatasets(rows);
    return found ?? null;
  }

  async create(
    { name, role, datasetIds, expiresAt }: NewAccessKey,
    hash: string,
  ): Promise<AccessKey> {
    const row = await this.db.transaction().execute(async (transaction) => {
      const created = await transaction
        .insertInto('access_key')
        .values({
          ...{ name, hash, role, from_setting: 0, revoked_at: null, last_used_at: null },
          is_scoped: datasetIds === null ? 0 : 1,
          created_at: Date.now(),
          expires_at: expiresAt?.getTime() ?? null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      for (const datasetId of new Set(datasetIds)) {
        const isThere = await transaction
          .selectFrom('dataset')
          .select('id')
          .where('id', '=', datasetId)
          .executeTakeFirst();
        if (!isThere) throw notFound('DATASET_NOT_FOUND', datasetId);
        await transaction
          .insertInto('access_key_dataset')
          .values({ key_id: created.id, dataset_id: datasetId })
          .execute();
      }
      return created;
    });
    return keyOf(row, [...new Set(datasetIds)].sort(ascending));
  }

  async revoke(id: number): Promise<AccessKey | null> {
    await this.db
      .updateTable('access_key')
      .set({ revoked_at: Date.now() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute();
    const rows = await this.db.selectFrom('access_key').selectAll().where('id', '=', id).execute();
    const [found] = await this.withDatasets(rows);
    return found?.key ?? null;
  }

  async noteUse(id: number, at: Date): Promise<void> {
    await this.db
      .updateTable('access_key')
      .set({ last_used_at: at.getTime() })
      .where('id', '=', id)
      .execute();
  }

  async putSetting(name: string, hash: string | null): Promise<void> {
    const now = Date.now();
    await this.db.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('access_key')
        .set({ revoked_at: now })
        .where('from_setting', '=', 1)
        .where('revoked_at', 'is', null)
        .$if(hash !== null, (query) => query.where('hash', '!=', hash ?? ''))
        .execute();
      if (hash === null) return;
      await transaction
        .insertInto('access_key')
        .values({
          ...{ name, hash, role: 'ADMIN', is_scoped: 0, from_setting: 1, created_at: now },
          ...{ expires_at: null, revoked_at: null, last_used_at: null },
        })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ revoked_at: null }))
        .execute();
    });
  }

  private async withDatasets(rows: readonly Selectable<AccessKeyTable>[]): Promise<StoredKey[]> {
    if (rows.length === 0) return [];
    const scopes = await this.db
      .selectFrom('access_key_dataset')
      .selectAll()
      .orderBy('dataset_id')
      .execute();
    return rows.map((row) => {
      const own = scopes.filter(({ key_id }) => key_id === row.id);
      const datasetIds = own.map(({ dataset_id }) => dataset_id);
      return { hash: row.hash, key: keyOf(row, datasetIds) };
    });
  }
}

function keyOf(row: Selectable<AccessKeyTable>, datasetIds: readonly number[]): AccessKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    datasetIds: row.is_scoped === 0 ? null : datasetIds,
    fromSetting: row.from_setting !== 0,
    createdAt: dateOf(row.created_at),
    expiresAt: optionalDateOf(row.expires_at),
    revokedAt: optionalDateOf(row.revoked_at),
    lastUsedAt: optionalDateOf(row.last_used_at),
  };
}

function ascending(one: number, other: number): number {
  return one - other;
}
