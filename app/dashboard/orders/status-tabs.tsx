import { useTranslations } from "next-intl";
import { orderStatuses } from "@/lib/orders/state";
import { countedAtMost } from "@/lib/staff/count-work";
import { Tabs } from "../parts/tabs";
import { type ListAddress, listHref, withFilter } from "./list-address";
import type { ListCounts } from "./read-counts";

/** The states as links, with how many orders are in each where that is known. */
export function StatusTabs({ address, counts }: { address: ListAddress; counts: ListCounts["statuses"] }) {
  const t = useTranslations();
  return (
    <Tabs
      label={t("lists.filters.byStatus")}
      tabs={[null, ...orderStatuses].map((status) => {
        const state = status ? t(`common.orderStatus.${status}`) : t("lists.filters.all");
        const count = counts?.[status ?? "all"];
        return {
          label: count === undefined ? state : t("lists.filters.tab", { state, count: atMost(count) }),
          href: listHref(withFilter(address, { status })),
          current: status === address.filter.status,
        };
      })}
    />
  );
}

function atMost(count: number): string {
  return count < countedAtMost ? String(count) : `${countedAtMost - 1}+`;
}
