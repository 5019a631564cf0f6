import { readFile } from 'node:fs/promises';
import type { Reading } from '../../../domain/gauges.js';

/** Linux has used these for every architecture since there are such files. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** Child processes by name; null where none is there. */
export type Children = Readonly<Record<string, number | null>>;

/** What the kernel says of child processes in `/proc` (proc(5)); nothing where there is no such folder. */
export async function readingsOfChildren(children: Children): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const [name, pid] of Object.entries(children)) {
    const stat =
      pid === null ? null : await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
    if (stat === null) continue;
    // The second field is a name in parentheses, which may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user, system, pages] = [11, 12, 21].map((place) => Number(fields[place]));
    readings.push(
      ['child_cpu_seconds', ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND, name],
      ['child_resident_memory_bytes', (pages ?? 0) * PAGE_BYTES, name],
    );
  }
  return readings;
}
