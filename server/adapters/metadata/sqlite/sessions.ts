import type { Selectable } from 'kysely';
import type { Sessions, StoredSession } from '../../../ports/access-keys.js';
import type { Database } from './database.js';
import { dateOf } from './instants.js';
import type { SessionTable } from './tables.js';

export class SqliteSessions implements Sessions {
  constructor(private readonly db: Database) {}

  async list(): Promise<StoredSession[]> {
    const rows = await this.db
      .selectFrom('session')
      .selectAll()
      .where('expires_at', '>', Date.now())
      .orderBy('id')
      .execute();
    return rows.map(sessionOf);
  }

  async create({
    keyId,
    hash,
    expiresAt,
  }: Pick<StoredSession, 'keyId' | 'hash' | 'expiresAt'>): Promise<StoredSession> {
    const now = Date.now();
    const row = await this.db
      .insertInto('session')
      .values({
        ...{ key_id: keyId, hash, previous_hash: null, created_at: now, rotated_at: now },
        expires_at: expiresAt.getTime(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return sessionOf(row);
  }

  async update(session: StoredSession): Promise<void> {
    await this.db
      .updateTable('session')
      .set({
        hash: session.hash,
        previous_hash: session.previousHash,
        rotated_at: session.rotatedAt.getTime(),
        expires_at: session.expiresAt.getTime(),
      })
      .where('id', '=', session.id)
      .execute();
  }

  async end(id: number): Promise<void> {
    await this.db.deleteFrom('session').where('id', '=', id).execute();
  }

  async sweep(): Promise<void> {
    await this.db.deleteFrom('session').where('expires_at', '<=', Date.now()).execute();
  }
}

function sessionOf(row: Selectable<SessionTable>): StoredSession {
  return {
    id: row.id,
    keyId: row.key_id,
    hash: row.hash,
    previousHash: row.previous_hash,
    createdAt: dateOf(row.created_at),
    rotatedAt: dateOf(row.rotated_at),
    expiresAt: dateOf(row.expires_at),
  };
}
