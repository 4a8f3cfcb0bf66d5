/** Time as WeChat writes it: Beijing, UTC+8, no daylight saving, mostly whole seconds. */

const offsetMs = 8 * 60 * 60_000;

/** `yyyyMMddHHmmss` in Beijing, for `time_start` and `time_expire`. */
export function toBeijingStamp(at: Date): string {
  return inBeijing(at).replace(/[^0-9]/g, "");
}

/** Reads `yyyyMMddHHmmss` (`time_end`). Null unless it is a real time. */
export function fromBeijingStamp(text: string): Date | null {
  const parts = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(text);
  return parts && fromParts(`${parts[1]}-${parts[2]}-${parts[3]} ${parts[4]}:${parts[5]}:${parts[6]}`);
}

/** `yyyy-MM-dd HH:mm:ss` in Beijing, as in `success_time` of refund results. */
export function toBeijingText(at: Date): string {
  return inBeijing(at);
}

/** RFC 3339 with milliseconds, `2022-12-15T13:29:35.120+08:00`, as `upload_time` is. */
export function toBeijingMoment(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().replace("Z", "+08:00");
}

/** Reads `yyyy-MM-dd HH:mm:ss` (`success_time`). Null unless it is a real time. */
export function fromBeijingText(text: string): Date | null {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$/.test(text) ? fromParts(text) : null;
}

/** The first instant of the next day in Beijing: when WeChat's daily quotas begin anew. */
export function nextBeijingMidnight(now: Date): Date {
  const day = 24 * 60 * 60_000;
  return new Date(Math.floor((now.getTime() + offsetMs) / day + 1) * day - offsetMs);
}

function inBeijing(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 19).replace("T", " ");
}

function fromParts(text: string): Date | null {
  const at = new Date(`${text.replace(" ", "T")}+08:00`);
  // `Date` turns 31 February into 3 March: a real time reads back as it was written.
  return !Number.isNaN(at.getTime()) && inBeijing(at) === text ? at : null;
}
