/** When a payment is asked about, counted from its making, until it is paid or closed. At expiry the closing asks too. */
export const ladderMs = [15_000, 60_000, 3 * 60_000, 10 * 60_000, 30 * 60_000] as const;

/** The next rung after `now`, or null when the ladder is climbed. */
export function nextRung(createdAt: Date, now: Date): Date | null {
  const next = ladderMs.find((ms) => createdAt.getTime() + ms > now.getTime());
  return next === undefined ? null : new Date(createdAt.getTime() + next);
}
