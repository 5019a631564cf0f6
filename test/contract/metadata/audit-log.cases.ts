import { expect, it } from 'vitest';
import type { NewAuditEntry } from '../../../server/domain/audit.js';
import type { OpenMetadata } from './metadata.js';

function entry(more: Partial<NewAuditEntry> = {}): NewAuditEntry {
  return {
    ...{ at: new Date('2030-01-01T00:00:00Z'), keyId: 1, sessionId: null, caller: 'anna' },
    ...{ address: '127.0.0.1', action: 'deleteImages', subject: 'image 1', outcome: 'OK' },
    ...more,
  };
}

export function auditLogCases(open: OpenMetadata): void {
  it('tells what was noted, newest first, page by page, through every connection', async () => {
    const { auditLog, connectAgain } = await open();
    const one = entry({ sessionId: 7 });
    const two = entry({ keyId: null, caller: 'nobody', outcome: 'UNAUTHENTICATED' });
    for (const each of [one, two, entry()]) await auditLog.append(each);
    const all = await connectAgain().auditLog.list({}, null, 10);
    expect(all).toEqual([
      { id: 3, ...entry() },
      { id: 2, ...two },
      { id: 1, ...one },
    ]);
    expect((await auditLog.list({}, null, 2)).map(({ id }) => id)).toEqual([3, 2]);
    expect((await auditLog.list({}, 2, 2)).map(({ id }) => id)).toEqual([1]);
  });

  it('tells how what was begun has ended, and where it is forgotten', async () => {
    const { auditLog, connectAgain } = await open();
    const begun = entry({ outcome: 'BEGUN' });
    const id = await auditLog.append(begun);
    const end = { at: new Date('2030-01-02T00:00:00Z'), subject: 'image 1, 2' };
    expect(await auditLog.end(id, { ...end, outcome: 'FORBIDDEN' })).toBe(true);
    const ended = { id, ...begun, ...end, outcome: 'FORBIDDEN' };
    expect(await connectAgain().auditLog.list({}, null, 10)).toEqual([ended]);
    await auditLog.keepNewest(0, 1);
    expect(await auditLog.end(id, { ...end, outcome: 'OK' })).toBe(false);
  });

  it('finds those of a caller, and of an action, and tells which there are', async () => {
    const { auditLog } = await open();
    const entries = [
      entry(),
      entry({ caller: 'ben', action: 'login' }),
      entry({ action: 'login' }),
    ];
    for (const each of entries) await auditLog.append(each);
    const found = async (filter: Parameters<typeof auditLog.list>[0]) =>
      (await auditLog.list(filter, null, 10)).map(({ id }) => id);
    expect(await found({ caller: 'anna' })).toEqual([3, 1]);
    expect(await found({ action: 'login' })).toEqual([3, 2]);
    expect(await found({ caller: 'anna', action: 'login' })).toEqual([3]);
    expect(await found({ caller: 'an' })).toEqual([]);
    expect(await auditLog.callers()).toEqual(['anna', 'ben']);
    expect(await auditLog.actions()).toEqual(['deleteImages', 'login']);
  });

  it('keeps the newest of what was refused, and of the rest: neither drives out the other', async () => {
    const { auditLog } = await open();
    for (let time = 0; time < 4; time += 1) {
      await auditLog.append(entry());
      await auditLog.append(entry({ outcome: 'FORBIDDEN' }));
    }
    await auditLog.keepNewest(1, 2);
    expect((await auditLog.list({}, null, 10)).map(({ id }) => id)).toEqual([8, 7, 5]);
    await auditLog.keepNewest(5, 5);
    expect(await auditLog.list({}, null, 10)).toHaveLength(3);
    // An id is given once, whatever is forgotten.
    await auditLog.keepNewest(0, 0);
    await auditLog.append(entry());
    expect((await auditLog.list({}, null, 10)).map(({ id }) => id)).toEqual([9]);
  });
}
