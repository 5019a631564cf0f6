import { join } from 'node:path';
import { sql } from 'kysely';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { migrate, openDatabase } from '../../../server/adapters/metadata/sqlite/database.js';
import { LookalikeError } from '../../../server/domain/errors.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

it('a migration that breaks off leaves nothing behind, and is made whole the next time', async () => {
  const folder = await temporaryFolder();
  // The last table of the migration is in the way, so that it fails with the others made.
  const inTheWay = new Libsql(join(folder, 'metadata.sqlite'));
  inTheWay.exec('create table embedding (unlike text)');
  inTheWay.close();

  const database = openDatabase(folder);
  await expect(migrate(database)).rejects.toBeInstanceOf(LookalikeError);
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name = 'dataset'`.execute(database);
  expect(rows).toEqual([]);

  await sql`drop table embedding`.execute(database);
  await migrate(database);
  await migrate(database);
  expect(await database.selectFrom('dataset').selectAll().execute()).toEqual([]);
  await database.destroy();
});
