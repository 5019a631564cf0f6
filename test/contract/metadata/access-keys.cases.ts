import { expect, it } from 'vitest';
import type { NewAccessKey } from '../../../server/domain/access.js';
import { ONE_HOUR, standingClock } from './clock.js';
import type { OpenMetadata } from './metadata.js';

const KEY: NewAccessKey = { name: 'a', role: 'SEARCH', datasetIds: null, expiresAt: null };

export function accessKeysCases(open: OpenMetadata): void {
  it('a key is found by its hash, as it was made, through every connection', async () => {
    const { accessKeys, datasets, connectAgain } = await open();
    const one = await datasets.findOrCreate('one', 'One');
    const two = await datasets.findOrCreate('two', 'Two');
    const expiresAt = new Date('2040-01-01T00:00:00Z');
    const scoped = { name: 'b', role: 'ADMIN', datasetIds: [two.id, one.id], expiresAt } as const;
    const first = await accessKeys.create(KEY, 'hash of a');
    const second = await accessKeys.create(scoped, 'hash of b');
    expect(first).toEqual({
      ...{ id: 1, ...KEY, fromSetting: false, createdAt: expect.any(Date) as Date },
      ...{ revokedAt: null, lastUsedAt: null },
    });
    expect(second).toMatchObject({ ...scoped, datasetIds: [one.id, two.id] });
    const others = connectAgain().accessKeys;
    expect(await others.byHash('hash of b')).toEqual({ key: second, hash: 'hash of b' });
    expect(await others.byHash('b')).toBeNull();
    expect((await others.list()).map(({ key }) => key)).toEqual([second, first]);
  });

  it('one for a dataset that is not there is not made', async () => {
    const { accessKeys, datasets } = await open();
    const { id } = await datasets.findOrCreate('one', 'One');
    const made = accessKeys.create({ ...KEY, datasetIds: [id, id + 1] }, 'hash');
    await expect(made).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    expect(await accessKeys.list()).toEqual([]);
  });

  it('one whose datasets are all gone is one for none, not for all', async () => {
    const { accessKeys, datasets } = await open();
    const { id } = await datasets.findOrCreate('one', 'One');
    await accessKeys.create({ ...KEY, datasetIds: [id] }, 'hash');
    await datasets.delete(id);
    expect((await accessKeys.byHash('hash'))?.key.datasetIds).toEqual([]);
  });

  it('a use is noted, and a key is revoked once', async () => {
    const clock = standingClock();
    const { accessKeys } = await open();
    const { id } = await accessKeys.create(KEY, 'hash');
    const lastUsedAt = new Date('2031-01-01T00:00:00Z');
    await accessKeys.noteUse(id, lastUsedAt);
    const revokedAt = new Date();
    expect(await accessKeys.revoke(id)).toMatchObject({ lastUsedAt, revokedAt });
    clock.pass(ONE_HOUR);
    expect(await accessKeys.revoke(id)).toMatchObject({ revokedAt });
    expect(await accessKeys.revoke(id + 1)).toBeNull();
  });

  it('a setting gives one key at a time, and can give it again', async () => {
    const { accessKeys } = await open();
    await accessKeys.create(KEY, 'by hand');
    const good = async () =>
      (await accessKeys.list())
        .filter(({ key }) => key.revokedAt === null)
        .map(({ hash, key }) => [hash, key.fromSetting]);
    for (const hash of ['first', 'first', 'second', 'first']) {
      await accessKeys.putSetting('setting', hash);
      expect(await good()).toEqual(expect.arrayContaining([[hash, true]]) as unknown);
      expect(await good()).toHaveLength(2);
    }
    expect((await accessKeys.byHash('first'))?.key).toMatchObject({
      ...{ name: 'setting', role: 'ADMIN', datasetIds: null, expiresAt: null },
    });
    await accessKeys.putSetting('setting', null);
    expect(await good()).toEqual([['by hand', false]]);
  });
}

export function sessionsCases(open: OpenMetadata): void {
  it('a session is there as it was last written, until it ends', async () => {
    const { accessKeys, sessions, connectAgain } = await open();
    const { id: keyId } = await accessKeys.create(KEY, 'hash');
    const expiresAt = new Date(Date.now() + ONE_HOUR);
    const created = await sessions.create({ keyId, hash: 'first', expiresAt });
    const { id, createdAt } = created;
    expect(created).toEqual({
      ...{ id: 1, keyId, hash: 'first', previousHash: null, expiresAt },
      ...{ createdAt, rotatedAt: createdAt },
    });
    const later = new Date(createdAt.getTime() + 5);
    const rotated = { ...created, hash: 'second', previousHash: 'first', rotatedAt: later };
    await sessions.update(rotated);
    expect(await connectAgain().sessions.list()).toEqual([rotated]);
    await sessions.end(id);
    expect(await sessions.list()).toEqual([]);
  });

  it('one that has expired is not told, and swept away', async () => {
    const clock = standingClock();
    const { accessKeys, sessions } = await open();
    const { id: keyId } = await accessKeys.create(KEY, 'hash');
    const until = (more: number) => new Date(Date.now() + ONE_HOUR + more);
    await sessions.create({ keyId, hash: 'a', expiresAt: until(0) });
    const { id } = await sessions.create({ keyId, hash: 'b', expiresAt: until(1) });
    clock.pass(ONE_HOUR);
    expect((await sessions.list()).map((each) => each.id)).toEqual([id]);
    await sessions.sweep();
    expect((await sessions.list()).map((each) => each.id)).toEqual([id]);
    await expect(sessions.create({ keyId, hash: 'a', expiresAt: until(2) })).resolves.toBeDefined();
  });
}
