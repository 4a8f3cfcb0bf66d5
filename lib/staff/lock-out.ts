/** Far more than a typing hand needs, far fewer than a guesser wants. */
const freeFailures = 10;
/** After the first lock a lasting guesser gets this many tries a lock. */
const failuresBetweenLocks = 5;
const firstLockMs = 15 * 60_000;
const longestLockMs = 12 * 60 * 60_000; // A person is back at work the next day.

/** How long the account is locked by its n-th failure in a row, 0 when it is not: 15 min at the 10th, 30 at the 15th, 60 … */
export function lockMs(failures: number): number {
  const over = failures - freeFailures;
  if (over < 0 || over % failuresBetweenLocks !== 0) return 0;
  return Math.min(firstLockMs * 2 ** (over / failuresBetweenLocks), longestLockMs);
}
