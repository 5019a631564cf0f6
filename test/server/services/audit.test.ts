import { expect, it } from 'vitest';
import type { Actor } from '../../../server/domain/audit.js';
import { LookalikeError } from '../../../server/domain/errors.js';
import { AuditService } from '../../../server/services/audit.service.js';
import { standingClock } from '../../contract/metadata/clock.js';
import { keptLog } from './kept-log.js';
import { openStores } from './stores.js';

const ANNA: Actor = { caller: { keyId: 3, sessionId: 4, name: 'anna' }, address: '10.0.0.1' };
const SUBJECT = (answer: number | null) => `answer ${answer}`;

async function opened() {
  const stores = await openStores();
  const audit = new AuditService(stores.auditLog, stores.log);
  return { stores, audit, all: () => audit.list({}, null, 200) };
}

it('what was done is noted before it is told, and what failed with its code', async () => {
  const { audit, all } = await opened();
  expect(await audit.noted(ANNA, 'count', SUBJECT, () => 5)).toBe(5);
  const refuse = () => {
    throw new LookalikeError('DATASET_BUSY');
  };
  await expect(audit.noted(ANNA, 'count', SUBJECT, refuse)).rejects.toThrow(LookalikeError);
  const fail = () => Promise.reject(new Error('no'));
  await expect(audit.noted(ANNA, 'count', SUBJECT, fail)).rejects.toThrow('no');
  const common = { keyId: 3, sessionId: 4, caller: 'anna', address: '10.0.0.1', action: 'count' };
  expect(await all()).toMatchObject([
    { ...common, subject: 'answer null', outcome: 'INTERNAL' },
    { ...common, subject: 'answer null', outcome: 'DATASET_BUSY' },
    { ...common, subject: 'answer 5', outcome: 'OK' },
  ]);
});

it('what is begun is noted as that, and so it stays where the server is killed', async () => {
  const { audit, all } = await opened();
  const work = async () => expect(await all()).toMatchObject([{ outcome: 'BEGUN', keyId: 3 }]);
  await audit.noted(ANNA, 'count', () => 'x', work);
  expect(await all()).toMatchObject([{ outcome: 'OK' }]);
});

it('however many strangers are refused, what keys try is noted; a network counts as one', async () => {
  standingClock();
  const { audit, all } = await opened();
  const refused = (caller: Actor['caller'], address: string) =>
    audit.note({ caller, address }, 'login', '', 'FORBIDDEN');
  for (let at = 0; at < 30; at += 1) await refused(null, `2001:db8::${at}`);
  expect(await all()).toHaveLength(20);
  for (let at = 0; at < 150; at += 1) await refused(null, `10.0.1.${at}`);
  expect(await all()).toHaveLength(120);
  await refused(ANNA.caller, '10.0.0.1');
  expect(await all()).toHaveLength(121);
});

it('of one that is refused over and over, so much is noted a minute; of others still', async () => {
  const clock = standingClock();
  const { audit, all } = await opened();
  const refused = (address: string) =>
    audit.note({ caller: null, address }, 'login', '', 'UNAUTHENTICATED');
  for (let time = 0; time < 30; time += 1) await refused('10.0.0.2');
  expect(await all()).toHaveLength(20);
  expect((await all())[0]?.subject).toContain('others of this minute are not listed');
  await refused('10.0.0.3');
  expect(await all()).toHaveLength(21);
  for (let at = 0; at < 150; at += 1) await refused(`10.0.1.${at}`);
  expect(await all()).toHaveLength(120);
  // What is done is noted all the same.
  await audit.note(ANNA, 'login', '', 'OK');
  expect(await all()).toHaveLength(121);
  clock.pass(60_000);
  await refused('10.0.0.2');
  expect(await all()).toHaveLength(122);
});

it('what cannot be written stands in the log of the server', async () => {
  const { stores } = await opened();
  const log = keptLog();
  const { lines } = log;
  const broken = Object.assign(Object.create(stores.auditLog) as typeof stores.auditLog, {
    append: () => Promise.reject(new Error('disk full')),
  });
  const audit = new AuditService(broken, log);
  expect(await audit.noted(ANNA, 'count', SUBJECT, () => 5)).toBe(5);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('disk full');
  expect(lines[0]).toContain('"caller":"anna"');
});
