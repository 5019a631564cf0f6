import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Role = 'trainer' | 'mapmaker' | 'embedder' | 'other';

/** A process that a server of ours has started. */
export interface Child {
  readonly pid: number;
  readonly role: Role;
}

/** The processes that this one has started, and those that they have, as the kernel tells. */
export function childrenOf(pid: number): Child[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== null) parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  const found: Child[] = [];
  const waiting = [pid];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const child of parents.get(at) ?? []) {
      waiting.push(child);
      found.push({ pid: child, role: roleOf(child) });
    }
  }
  return found;
}

/** Ends a process at once, if it is still there. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown;
  }
}

/** Memory that a process holds, in MiB; 0 where it is gone. */
export function residentMiB(pid: number): number {
  const pages = /^\d+ (\d+)/.exec(textOf(`/proc/${pid}/statm`))?.[1] ?? '0';
  return (Number(pages) * 4096) / 2 ** 20;
}

/** How many files, sockets and pipes a process has open; 0 where it is gone. */
export function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** What a process has open. */
export function openTargets(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | null {
  // The name of the program, in brackets, may hold anything.
  const stat = textOf(`/proc/${pid}/stat`);
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' || state === 'Z' ? null : Number(parent);
}

function roleOf(pid: number): Role {
  const words = textOf(`/proc/${pid}/cmdline`).split('\0');
  if (words.some((word) => word.endsWith('embedder.js'))) return 'embedder';
  if (!words.some((word) => word.endsWith('trainer.js'))) return 'other';
  return words.includes('maps') ? 'mapmaker' : 'trainer';
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
