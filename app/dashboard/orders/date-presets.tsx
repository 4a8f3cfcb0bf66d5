import { useTranslations } from "next-intl";
import { dayAfter, dayOf } from "@/lib/calendar/days";
import type { Day } from "@/lib/orders/order-filter";
import type { DeskClock } from "../desk-settings";
import { ListLink } from "../parts/list-link";
import { type ListAddress, listHref, withFilter } from "./list-address";

/** A day of the shop's time zone, some days ago. */
export function dayAgo(days: number, { now, timeZone }: Pick<DeskClock, "now" | "timeZone">): Day {
  return dayAfter(dayOf(now, timeZone), -days) as Day;
}

const presets = { today: [0, 0], yesterday: [1, 1], week: [6, 0], month: [29, 0] } as const;

/** The days that people ask for, one press each; pressed again it is off. */
export function DatePresets({ address, clock }: { address: ListAddress; clock: DeskClock }) {
  const t = useTranslations("lists.presets");
  const { filter } = address;
  return (
    <ul className="flex flex-wrap gap-x-1" aria-label={t("label")}>
      {(Object.keys(presets) as (keyof typeof presets)[]).map((name) => {
        const [from, to] = [dayAgo(presets[name][0], clock), dayAgo(presets[name][1], clock)];
        const isOn = filter.from === from && filter.to === to;
        return (
          <li key={name}>
            <ListLink
              href={listHref(withFilter(address, isOn ? { from: null, to: null } : { from, to }))}
              aria-current={isOn ? "true" : undefined}
              className="inline-flex min-h-10 items-center rounded-md px-2 text-ink text-s no-underline hover:bg-sunk aria-[current]:bg-sunk aria-[current]:font-semibold"
            >
              {t(name)}
            </ListLink>
          </li>
        );
      })}
    </ul>
  );
}
