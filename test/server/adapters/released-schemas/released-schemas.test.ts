import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { migrate, MIGRATION_NAMES } from '../../../../server/adapters/metadata/sqlite/database.js';
import { connect } from '../../../contract/metadata/sqlite.js';
import { temporaryFolder } from '../../../contract/temporary-folder.js';
import { checkRelease } from './checks.js';
import { fixtureOf, restoreRelease, writeRelease } from './released-database.js';
import { ROWS } from './rows.js';

it('every migration has rows in the fixtures', () => {
  expect(Object.keys(ROWS)).toEqual(MIGRATION_NAMES);
});

describe.each(MIGRATION_NAMES)('the schema %s', (release) => {
  it('is made by its migrations as it was when it was released', async () => {
    const text = await writeRelease(release, await temporaryFolder());
    // A new migration writes its fixture at the first run; those that there are stay as they are.
    await expect(text).toMatchFileSnapshot(fixtureOf(release));
  });

  it('is brought up to date with everything that it held', async () => {
    const folder = await temporaryFolder();
    restoreRelease(release, folder);
    const { database, tables } = connect(folder);
    await migrate(database);
    await checkRelease(release, tables);
    const broken = await sql`select * from pragma_foreign_key_check`.execute(database);
    expect(broken.rows).toEqual([]);
  });
});

it('a schema of a newer version is refused by its name, and left alone', async () => {
  const folder = await temporaryFolder();
  restoreRelease(MIGRATION_NAMES.at(-1) ?? '', folder);
  const { database, tables } = connect(folder);
  const later = '999-from-tomorrow';
  await sql`insert into kysely_migration values (${later}, '2126-01-01')`.execute(database);
  await expect(migrate(database)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_NEWER',
    message: expect.stringContaining(later) as string,
  });
  expect(await tables.images.byId(1)).not.toBeNull();
});
