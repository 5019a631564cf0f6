import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';

/** A trainer that has not been heard of for so long is taken for dead. */
export const LEASE_MS = 10_000;

/**
 * Whether whoever holds the lease of a row is taken for dead. Where it ends much later than one that is
 * given now, the clock was set back since: or else nobody would take the work over until the clock has
 * come that far again.
 */
export function isLeaseOver(now: number) {
  return sql<boolean>`(lease_expires_at < ${now} or lease_expires_at > ${now + 2 * LEASE_MS})`;
}

/** A lease that no other process has, nor the same one at another time. */
export function newLeaseToken(owner: string): string {
  return `${owner}/${randomUUID()}`;
}

/** Whether the lease of a row is one of this owner's. */
export function isLeaseOf(owner: string) {
  const start = `${owner}/`;
  return sql<boolean>`substr(lease_token, 1, ${start.length}) = ${start}`;
}

/** The end of a lease whose owner is known to be dead. */
export const RELEASED = 0;
