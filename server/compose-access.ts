import { requireWholeDirectory } from './adapters/lock/sqlite/data-directory-lock.js';
import { SqliteAccessKeys } from './adapters/metadata/sqlite/access-keys.js';
import { SqliteAuditLog } from './adapters/metadata/sqlite/audit-log.js';
import { migrate, openDatabase, type Database } from './adapters/metadata/sqlite/database.js';
import { SqliteSessions } from './adapters/metadata/sqlite/sessions.js';
import { ConsoleLog } from './adapters/log/console/log.js';
import { NodeSecrets } from './adapters/secrets/node-crypto/secrets.js';
import type { Config } from './config.js';
import { subjectOf } from './domain/audit.js';
import type { Log } from './ports/log.js';
import { AccessService } from './services/access.service.js';
import { AuditService } from './services/audit.service.js';
import { SessionService } from './services/session.service.js';

/**
 * What decides who gets in, with what lies in the tables.
 * @param hasTerminal whether a first key can be shown
 */
export async function composeAccess(
  database: Database,
  config: Config,
  log: Log,
  hasTerminal: boolean,
) {
  const access = accessTo(database, config, log);
  const firstKey = await access.begin(hasTerminal);
  const sessions = new SessionService(new SqliteSessions(database), access, new NodeSecrets());
  await sessions.begin();
  const audit = new AuditService(new SqliteAuditLog(database), log);
  await audit.begin();
  return { access, audit, sessions, firstKey };
}

/**
 * Makes another key that may do everything, also while the server runs: for whoever has lost theirs, and can
 * write where the data lies. @returns its secret
 */
export async function createAdminKey(config: Config): Promise<string> {
  requireWholeDirectory(config.dataDirectory);
  const database = openDatabase(config.dataDirectory);
  try {
    await migrate(database);
    const log = new ConsoleLog('admin-key', config.log);
    const { key, secret } = await accessTo(database, config, log).createMaster();
    const caller = { keyId: null, sessionId: null, name: 'npm run admin-key' };
    const audit = new AuditService(new SqliteAuditLog(database), log);
    await audit.note(
      { caller, address: '' },
      'createAccessKey',
      subjectOf([['key', [key.id]]]),
      'OK',
    );
    return secret;
  } finally {
    await database.destroy();
  }
}

function accessTo(database: Database, config: Config, log: Log): AccessService {
  return new AccessService(new SqliteAccessKeys(database), new NodeSecrets(), config, log);
}
