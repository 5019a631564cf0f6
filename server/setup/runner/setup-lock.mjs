// @ts-check
// One set-up at a time for one clone: a file names its holder, and the holder keeps touching it.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const HEARTBEAT_MS = 5_000;
/** A holder this silent is gone, whatever its pid says: pids are reused, above all in containers. */
const SILENT_MS = 60_000;
const POLL_MS = 300;
const TAKEOVER_MS = 10;

/** @type {Set<string>} tokens of the locks that this process holds */
const held = new Set();

/**
 * @typedef {{ pid: number, host: string, token: string }} Holder
 * @typedef {{ release: () => void }} SetupLock
 */

/**
 * Waits for a living holder and takes over from a dead one.
 * @param {string} file
 * @param {(pid: number) => void} onWait called once, when another set-up is found at work
 * @returns {Promise<SetupLock>}
 */
export async function acquireLock(file, onWait) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const mine = { pid: process.pid, host: os.hostname(), token: randomUUID() };
  let told = false;
  while (!tryCreate(file, mine)) {
    const holder = readHolder(file);
    if (isStale(file, holder)) {
      removeStale(file, holder);
    } else if (!told && holder) {
      onWait(holder.pid);
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, told ? POLL_MS : TAKEOVER_MS));
  }
  held.add(mine.token);
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  heartbeat.unref();
  const release = () => {
    clearInterval(heartbeat);
    held.delete(mine.token);
    process.off('exit', release);
    if (readHolder(file)?.token === mine.token) fs.rmSync(file, { force: true });
  };
  process.on('exit', release);
  return { release };
}

/**
 * Link, not write: the file appears with its content, so nobody reads half of it.
 * @param {string} file
 * @param {Holder} holder
 */
function tryCreate(file, holder) {
  const draft = `${file}.${holder.token}`;
  fs.writeFileSync(draft, JSON.stringify(holder));
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {Holder | undefined}
 */
function readHolder(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {Holder | undefined} holder
 */
function isStale(file, holder) {
  return (holder?.host === os.hostname() && !isAlive(holder)) || isSilent(file);
}

/** @param {Holder} holder */
function isAlive({ pid, token }) {
  // Our pid under a lock that is not ours: a restarted container gave the number out again.
  if (pid === process.pid) return held.has(token);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Only who holds the claim on this very lock may remove it, and only while it is still that one:
 * without this, a slow reader of the stale lock would remove that of the process which took over.
 * @param {string} file
 * @param {Holder | undefined} stale
 */
function removeStale(file, stale) {
  const claim = `${file}.${stale?.token}.claim`;
  try {
    fs.closeSync(fs.openSync(claim, 'wx'));
  } catch {
    if (isSilent(claim)) fs.rmSync(claim, { force: true });
    return;
  }
  if (readHolder(file)?.token === stale?.token) fs.rmSync(file, { force: true });
  fs.rmSync(claim, { force: true });
}

/** @param {string} file */
function isSilent(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > SILENT_MS;
}

/** @param {string} file */
function touch(file) {
  try {
    fs.utimesSync(file, new Date(), new Date());
  } catch {
    // removed by hand; nothing depends on this beat
  }
}
