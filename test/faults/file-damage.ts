import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Libsql from 'libsql';

/** What becomes of a file on a bad disk. */
export const DAMAGES = ['truncated', 'flipped', 'missing'] as const;
export type Damage = (typeof DAMAGES)[number];

/** Damages a file in its middle. @returns mends it */
export async function damageFile(path: string, damage: Damage): Promise<() => Promise<void>> {
  const whole = await readFile(path);
  const middle = whole.length >> 1;
  if (damage === 'missing') await rm(path);
  else if (damage === 'truncated') await writeFile(path, whole.subarray(0, middle));
  else {
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 255, middle);
    await writeFile(path, bytes);
  }
  return () => writeFile(path, whole);
}

/**
 * Damages a blob, whether it is a file of its own or lies in the pack of small ones.
 * @returns mends it
 */
export async function damageBlob(
  directory: string,
  sha256: string,
  damage: Damage,
): Promise<() => Promise<void>> {
  const path = join(directory, 'blobs', sha256.slice(0, 2), sha256);
  if (existsSync(path)) return damageFile(path, damage);
  const change = (work: (pack: Libsql.Database) => void) => {
    const pack = new Libsql(join(directory, 'blobs', 'small.sqlite'));
    try {
      work(pack);
    } finally {
      pack.close();
    }
  };
  let whole = new Uint8Array();
  change((pack) => {
    const select = pack.prepare('select bytes from small_blob where id = ?');
    whole = new Uint8Array((select.get(sha256) as { bytes: ArrayBuffer }).bytes);
    const damaged = {
      truncated: whole.slice(0, whole.length >> 1),
      flipped: whole.map((byte, at) => (at === whole.length >> 1 ? byte ^ 255 : byte)),
    };
    if (damage === 'missing') pack.prepare('delete from small_blob where id = ?').run(sha256);
    else pack.prepare('update small_blob set bytes = ? where id = ?').run(damaged[damage], sha256);
  });
  return () => {
    change((pack) => {
      const statement = `insert into small_blob (id, bytes) values (?, ?)
        on conflict (id) do update set bytes = excluded.bytes`;
      pack.prepare(statement).run(sha256, whole);
    });
    return Promise.resolve();
  };
}

/** The only value of the first row that a query finds in the database of a data directory. */
export function valueIn(directory: string, query: string, ...given: readonly number[]): string {
  const database = new Libsql(join(directory, 'metadata.sqlite'));
  try {
    const [value] = database
      .prepare(query)
      .raw()
      .get(...given) as [unknown];
    return String(value);
  } finally {
    database.close();
  }
}

/**
 * Ends the connections of this process that are closed: each stays until its statements are collected, and the
 * last one to a database clears its logs away, if no server is there any more.
 */
export async function endOwnConnections(): Promise<void> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  await wait(100);
}

/** Whether a blob is a file of its own. */
export function isLarge(directory: string, sha256: string): boolean {
  return existsSync(join(directory, 'blobs', sha256.slice(0, 2), sha256));
}
