import { getTranslations } from "next-intl/server";
import { countStatuses } from "@/lib/orders/count-statuses";
import { orderStatuses } from "@/lib/orders/state";
import { shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { Tabs } from "../parts/tabs";
import { isFiltered, type ListAddress, listHref, withFilter } from "./list-address";

/** The states as links. Their counts are short ranges of one index; beside another filter they are left out. */
export async function StatusTabs({ address }: { address: ListAddress }) {
  const t = await getTranslations();
  const others = withFilter(address, { status: null });
  const counts = isFiltered(others.filter) ? null : await countStatuses(shop().db);
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
