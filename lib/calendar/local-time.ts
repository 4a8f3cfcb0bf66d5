/** A moment as `<input type="datetime-local">` holds it, on the clocks of a time zone: "2026-11-22T09:30". */
export function asLocalTime(at: Date, timeZone: string): string {
  return at.toLocaleString("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).replace(" ", "T");
}

/** The moment that such a field means; null when it is none. An hour that a change of clocks leaves out is the next. */
export function readLocalTime(text: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const wished = Date.parse(`${text}Z`);
  if (Number.isNaN(wished)) return null;
  let at = wished;
  for (
    let step = 0;
    step < 2;
    step++ // Twice: the first correction may cross a change of clocks.
  )
    at += wished - Date.parse(`${asLocalTime(new Date(at), timeZone)}Z`);
  return new Date(at);
}
