import { describe, expect, it } from 'vitest';
import { NodeSecrets } from '../../../server/adapters/secrets/node-crypto/secrets.js';
import type { NewAccessKey } from '../../../server/domain/access.js';
import { AccessService, type AccessSettings } from '../../../server/services/access.service.js';
import { SessionService } from '../../../server/services/session.service.js';
import { standingClock } from '../../contract/metadata/clock.js';
import { openStores, type Stores } from './stores.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const KEY: NewAccessKey = { name: 'key', role: 'SEARCH', datasetIds: null, expiresAt: null };
const NO_SETTINGS: AccessSettings = { adminKey: null, anonymousSearch: false };

function accessOn({ accessKeys, log }: Stores, settings: Partial<AccessSettings> = {}) {
  const all = { ...NO_SETTINGS, ...settings };
  return new AccessService(accessKeys, new NodeSecrets(), all, log);
}

async function admitted(access: AccessService, secret: string) {
  return (await access.passOf(secret))?.() ?? null;
}

async function begun() {
  const stores = await openStores();
  const access = accessOn(stores);
  await access.begin();
  const sessionsOf = async (service: AccessService) => {
    const sessions = new SessionService(stores.sessions, service, new NodeSecrets());
    await sessions.begin();
    return sessions;
  };
  return { stores, access, sessions: await sessionsOf(access), sessionsOf };
}

describe('the first start', () => {
  it('makes a key for everything, once, and keeps only a hash of it', async () => {
    const stores = await openStores();
    const secret = await accessOn(stores).begin();
    expect(secret).toMatch(/^lk_[\w-]{43}$/);
    const again = accessOn(stores);
    expect(await again.begin()).toBeNull();
    expect(await admitted(again, secret ?? '')).toMatchObject({ role: 'ADMIN', datasetIds: null });
    expect(JSON.stringify(await stores.accessKeys.list())).not.toContain(secret);
  });

  it('makes another where the last of these is revoked, and none where one is given', async () => {
    const stores = await openStores();
    const access = accessOn(stores);
    await access.begin();
    for (const { id } of await access.list()) await access.revoke(id);
    const adminKey = 'given'.repeat(8);
    expect(await accessOn(stores, { adminKey }).begin()).toBeNull();
    const withdrawn = accessOn(stores);
    expect(await withdrawn.begin()).not.toBeNull();
    expect(await admitted(withdrawn, adminKey)).toBeNull();
  });

  it('makes none where there is no terminal to show it on, and knows that there is none', async () => {
    const stores = await openStores();
    const access = accessOn(stores);
    expect(await access.begin(false)).toBeNull();
    expect([access.isKeyless, await access.list()]).toEqual([true, []]);
    await access.createMaster();
    expect(access.isKeyless).toBe(false);
  });

  it('takes the key that a setting gives, and no longer one that it gave before', async () => {
    const stores = await openStores();
    const [first, second] = ['first-'.repeat(6), 'second-'.repeat(5)];
    await accessOn(stores, { adminKey: first }).begin();
    const access = accessOn(stores, { adminKey: second });
    await access.begin();
    expect(await admitted(access, first)).toBeNull();
    expect(await admitted(access, second)).toMatchObject({ role: 'ADMIN' });
  });
});

describe('a key', () => {
  it('lets in until it expires', async () => {
    const clock = standingClock();
    const { access } = await begun();
    const { secret } = await access.create({ ...KEY, expiresAt: new Date(Date.now() + MINUTE) });
    const pass = await access.passOf(secret);
    expect(pass?.()).toMatchObject({ name: 'key', role: 'SEARCH' });
    clock.pass(MINUTE);
    expect(pass?.()).toBeNull();
  });

  it('lets in until it is revoked, at once and for good', async () => {
    const { access, stores } = await begun();
    const { key, secret } = await access.create(KEY);
    const pass = await access.passOf(secret);
    await access.revoke(key.id);
    expect(pass?.()).toBeNull();
    const next = accessOn(stores);
    await next.begin();
    expect(await admitted(next, secret)).toBeNull();
    await expect(access.revoke(99)).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
  });

  it('is revoked for all that looked for it at once', async () => {
    const { access, stores } = await begun();
    const { key, secret } = await accessOn(stores).create(KEY);
    const passes = await Promise.all([access.passOf(secret), access.passOf(secret)]);
    await access.revoke(key.id);
    expect(passes.map((pass) => pass?.() ?? null)).toEqual([null, null]);
    expect(await admitted(access, secret)).toBeNull();
  });

  it('that another process has made is found', async () => {
    const { access, stores } = await begun();
    const { secret } = await accessOn(stores).createMaster();
    expect(await admitted(access, secret)).toMatchObject({ role: 'ADMIN' });
    expect(await admitted(access, `${secret}x`)).toBeNull();
  });

  it('that nobody has is looked for in the table once', async () => {
    const stores = await openStores();
    const asked: string[] = [];
    const accessKeys = Object.assign(Object.create(stores.accessKeys) as typeof stores.accessKeys, {
      byHash: (hash: string) => {
        asked.push(hash);
        return stores.accessKeys.byHash(hash);
      },
    });
    const access = accessOn({ ...stores, accessKeys });
    for (let time = 0; time < 3; time += 1) expect(await access.passOf('lk_guessed')).toBeNull();
    expect(asked).toHaveLength(1);
    expect(await access.passOf('lk_guessed-again')).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it('that expires makes none that is good for longer', async () => {
    const { access } = await begun();
    const at = (minutes: number) => new Date(Date.now() + minutes * MINUTE);
    const expiresAt = at(10);
    const { secret } = await access.create({ ...KEY, role: 'ADMIN', expiresAt });
    const maker = await admitted(access, secret);
    for (const longer of [null, at(20)]) {
      const made = access.create({ ...KEY, expiresAt: longer }, maker);
      await expect(made).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
    await expect(access.create({ ...KEY, expiresAt }, maker)).resolves.toBeDefined();
    const forever = await admitted(access, (await access.createMaster()).secret);
    await expect(access.create(KEY, forever)).resolves.toBeDefined();
  });

  it('tells when it was last used, written once a minute', async () => {
    const clock = standingClock();
    const { access } = await begun();
    const { secret } = await access.create(KEY);
    const pass = await access.passOf(secret);
    const used = async () => (await access.list())[0]?.lastUsedAt?.getTime();
    const first = Date.now();
    pass?.();
    await expect.poll(used).toBe(first);
    clock.pass(MINUTE - 1);
    pass?.();
    clock.pass(1);
    const later = Date.now();
    pass?.();
    await expect.poll(used).toBe(later);
  });

  it.each([
    [{ ...KEY, name: ' ' }, 'INVALID_ARGUMENT'],
    [{ ...KEY, name: 'x'.repeat(101) }, 'INVALID_ARGUMENT'],
    [{ ...KEY, expiresAt: new Date(0) }, 'INVALID_ARGUMENT'],
    [{ ...KEY, datasetIds: [] }, 'INVALID_ARGUMENT'],
    [{ ...KEY, datasetIds: [7] }, 'DATASET_NOT_FOUND'],
  ])('is not made as %j', async (wanted, code) => {
    const { access } = await begun();
    await expect(access.create(wanted)).rejects.toMatchObject({ code });
  });
});

describe('a session', () => {
  it('is opened with a key, and ends with it, or by itself', async () => {
    const { access, sessions, sessionsOf } = await begun();
    const { key, secret } = await access.create(KEY);
    await expect(sessions.open('lk_unknown')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const [one, other] = [await sessions.open(secret), await sessions.open(secret)];
    const restarted = await sessionsOf(access);
    for (const each of [sessions, restarted]) {
      const caller = each.passOf(one.token)?.()?.caller;
      expect(caller).toMatchObject({ name: 'key', role: 'SEARCH', keyId: key.id });
      expect(caller && each.isStillGood(caller)).toBe(true);
    }
    const pass = sessions.passOf(one.token);
    await sessions.end(one.token);
    expect(pass?.()).toBeNull();
    expect((await sessionsOf(access)).passOf(one.token)).toBeNull();
    expect(sessions.passOf(other.token)?.()).not.toBeNull();
    await access.revoke(key.id);
    expect(sessions.passOf(other.token)?.()).toBeNull();
    await expect(sessions.open(secret)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('gets another token now and then; the one before is good for a minute more', async () => {
    const clock = standingClock();
    const { access, sessions, sessionsOf } = await begun();
    const { secret } = await access.create(KEY);
    const { token } = await sessions.open(secret);
    const pass = sessions.passOf(token);
    expect(pass?.()?.isRotationDue).toBe(false);
    clock.pass(15 * MINUTE + 1);
    expect(pass?.()?.isRotationDue).toBe(true);
    const rotations = await Promise.all([sessions.rotate(token), sessions.rotate(token)]);
    const next = rotations.find((each) => each !== null);
    expect(rotations.filter((each) => each !== null)).toHaveLength(1);
    expect(pass?.()).toMatchObject({ isRotationDue: false });
    expect(sessions.passOf(next?.token ?? '')?.()).toMatchObject({ isRotationDue: false });
    clock.pass(MINUTE + 1);
    expect(pass?.()).toBeNull();
    const restarted = await sessionsOf(access);
    expect(restarted.passOf(next?.token ?? '')?.()).not.toBeNull();
    expect(restarted.passOf(token)).toBeNull();
  });

  it('is one of at most a hundred of its key: the oldest ends', async () => {
    const { access, sessions, sessionsOf } = await begun();
    const { secret } = await access.create(KEY);
    const tokens: string[] = [];
    for (let at = 0; at < 101; at += 1) tokens.push((await sessions.open(secret)).token);
    const restarted = await sessionsOf(access);
    for (const each of [sessions, restarted]) {
      expect(tokens.map((token) => each.passOf(token)?.() != null)).toEqual(
        tokens.map((_, at) => at > 0),
      );
    }
  });

  it('is not lost with the answer that bore its next token', async () => {
    const clock = standingClock();
    const { access, sessions } = await begun();
    const { token } = await sessions.open((await access.create(KEY)).secret);
    clock.pass(16 * MINUTE);
    const lost = await sessions.rotate(token);
    clock.pass(2 * MINUTE);
    expect(sessions.passOf(token)?.()).toMatchObject({ isRotationDue: true });
    const next = await sessions.rotate(token);
    expect(sessions.passOf(lost?.token ?? '')).toBeNull();
    expect(sessions.passOf(next?.token ?? '')?.()).not.toBeNull();
  });

  it('is forgotten when it has expired, while the server goes on', async () => {
    const clock = standingClock();
    const { access, sessions, stores } = await begun();
    const { secret } = await access.create(KEY);
    const { token } = await sessions.open(secret);
    clock.pass(8 * DAY);
    expect(sessions.passOf(token)).not.toBeNull();
    await sessions.open(secret);
    expect(sessions.passOf(token)).toBeNull();
    clock.pass(-8 * DAY);
    // Out of the table as well, not only out of sight.
    expect(await stores.sessions.list()).toHaveLength(1);
  });

  it('ends when its browser has not been seen for a week, and after a month', async () => {
    const clock = standingClock();
    const { access, sessions } = await begun();
    const { secret } = await access.create(KEY);
    const idle = await sessions.open(secret);
    let { token } = await sessions.open(secret);
    for (let day = 1; day <= 29; day += 1) {
      clock.pass(DAY);
      expect(sessions.passOf(token)?.()?.isRotationDue).toBe(true);
      token = (await sessions.rotate(token))?.token ?? '';
      expect(sessions.passOf(idle.token)?.() === null).toBe(day >= 7);
    }
    clock.pass(DAY);
    expect(sessions.passOf(token)?.()).toBeNull();
  });
});
