import { isDay, spanOfDays } from "@/lib/calendar/days";
import { type ReceiptVerdict, receiptVerdicts } from "@/lib/db/schema/receipts";
import { type Parameters, readParameters } from "@/lib/http/read-parameters";
import { type MoneyFilter, type MoneyState, moneyStates } from "./money-filter";

/** What an address asks of the list. `q` is a number that is looked for, in whatever state. */
export type MoneyQuery = {
  state: MoneyState;
  verdict: ReceiptVerdict | null;
  /** Days of the shop's time zone, both of them inside. */
  from: string | null;
  to: string | null;
  q: string | null;
};

const textAtMost = 64;

/** What an address asks for, as far as it means something; the parameters that do not, in `madeUp`. */
export function readMoneyQuery(parameters: Parameters): { query: MoneyQuery; madeUp: string[] } {
  const { madeUp, read, oneOf } = readParameters(parameters);
  const day = (text: string) => (isDay(text) ? text : null);
  const query = {
    state: oneOf("state", moneyStates) ?? "waiting",
    verdict: oneOf("verdict", receiptVerdicts),
    from: read("from", day),
    to: read("to", day),
    q: read("q", (text) => text.slice(0, textAtMost)),
  };
  return { query, madeUp };
}

/** The parameters of an address that asks for it. */
export function writeMoneyQuery({ state, ...query }: MoneyQuery): Record<string, string | null> {
  return { state: state === "waiting" ? null : state, ...query };
}

export function moneyFilterOf({ q, ...query }: MoneyQuery, timeZone: string): MoneyFilter {
  const { state, verdict } = query;
  return { state, verdict, number: q, ...spanOfDays(query, timeZone) };
}
