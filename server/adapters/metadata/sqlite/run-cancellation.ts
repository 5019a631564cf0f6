import type { Database } from './database.js';
import { isLeaseOver } from './lease.js';

/**
 * Ends those of the runs that wait, whose trainers are dead among them, and asks the trainer of one that is
 * worked on to stop. @returns the ids of both
 */
export async function cancelRuns(
  db: Pick<Database, 'updateTable'>,
  ids: readonly number[],
): Promise<number[]> {
  if (ids.length === 0) return [];
  const now = Date.now();
  const ended = await db
    .updateTable('training_run')
    .set({ status: 'CANCELLED', cancel_requested: 1, phase: null, finished_at: now })
    .where('id', 'in', ids)
    .where((eb) =>
      eb.or([
        eb('status', 'in', ['QUEUED', 'INTERRUPTED']),
        eb.and([eb('status', '=', 'RUNNING'), isLeaseOver(now)]),
      ]),
    )
    .returning('id')
    .execute();
  const asked = await db
    .updateTable('training_run')
    .set({ cancel_requested: 1 })
    .where('id', 'in', ids)
    .where('status', '=', 'RUNNING')
    .returning('id')
    .execute();
  return [...ended, ...asked].map(({ id }) => id);
}
