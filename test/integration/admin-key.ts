/** What the servers of tests and benchmarks are given as their admin's key. */
export const ADMIN_KEY = 'lk_of-the-tests-0123456789-0123456789';

/** Lets a request in as the admin. */
export const AS_ADMIN = { authorization: `Bearer ${ADMIN_KEY}` } as const;
