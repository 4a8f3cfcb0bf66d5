import { isDay, spanOfDays } from "@/lib/calendar/days";
import {
  type NotificationKind,
  type NotificationVerdict,
  notificationKinds,
  notificationVerdicts,
} from "@/lib/db/schema/notifications";
import { type Parameters, readParameters } from "@/lib/http/read-parameters";
import { type NotificationFilter, troubleVerdicts } from "./list-notifications";

/** Spans of time up to now. */
export const notificationSpans = ["24h"] as const;
const spanMs = { "24h": 24 * 60 * 60_000 } as const;

/** What an address asks of the list. */
export type NotificationQuery = {
  verdict: NotificationVerdict | "trouble" | null;
  kind: NotificationKind | null;
  within: (typeof notificationSpans)[number] | null;
  /** Days of the shop's time zone, both of them inside. */
  from: string | null;
  to: string | null;
  /** A number that is looked for. */
  q: string | null;
};

const textAtMost = 64;

/** What an address asks for, as far as it means something; the parameters that do not, in `madeUp`. */
export function readNotificationQuery(parameters: Parameters): {
  query: NotificationQuery;
  madeUp: string[];
} {
  const { madeUp, read, oneOf } = readParameters(parameters);
  const day = (text: string) => (isDay(text) ? text : null);
  const query = {
    verdict: oneOf("verdict", ["trouble", ...notificationVerdicts] as const),
    kind: oneOf("kind", notificationKinds),
    within: oneOf("within", notificationSpans),
    from: read("from", day),
    to: read("to", day),
    q: read("q", (text) => text.slice(0, textAtMost)),
  };
  return { query, madeUp };
}

export function notificationFilterOf(
  { verdict, kind, within, q, ...days }: NotificationQuery,
  { timeZone, now }: { timeZone: string; now: Date },
): NotificationFilter {
  const { from, to } = spanOfDays(days, timeZone);
  const newest = within && new Date(now.getTime() - spanMs[within]);
  return {
    verdicts: verdict === "trouble" ? troubleVerdicts : verdict && [verdict],
    ...{ kind, to, number: q },
    from: from && newest ? new Date(Math.max(from.getTime(), newest.getTime())) : (from ?? newest),
  };
}
