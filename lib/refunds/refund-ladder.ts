const minute = 60_000;
const hour = 60 * minute;
const first = [minute, 5 * minute, 30 * minute];
const daysHourly = 3;

/** The next question about an accepted refund after `now`: 1, 5, 30 minutes, hourly for three days, then daily until it is settled. */
export function nextRefundRung(acceptedAt: Date, now: Date): Date {
  const age = now.getTime() - acceptedAt.getTime();
  const early = first.find((ms) => ms > age);
  const gap = age < daysHourly * 24 * hour ? hour : 24 * hour;
  return new Date(acceptedAt.getTime() + (early ?? (Math.floor(age / gap) + 1) * gap));
}
