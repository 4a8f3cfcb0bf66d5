import { getLocale, getTranslations } from "next-intl/server";
import { countOrders } from "@/lib/orders/count-orders";
import { shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { isFiltered, type ListAddress } from "./list-address";

/** How many orders a filter finds; the tabs say it of those that are not filtered. */
export async function HowMany({ address, isWide }: { address: ListAddress; isWide: boolean }) {
  const t = await getTranslations("lists");
  const { status: _, ...others } = address.filter;
  if (isWide || !isFiltered({ ...others, status: null })) return null;
  const count = await countOrders(shop(), address.filter);
  const shown =
    count === null
      ? t("manyUncounted")
      : count < countedAtMost
        ? t("many", { count: count.toLocaleString(await getLocale()) })
        : t("many", { count: `${countedAtMost - 1}+` });
  return <p className="text-s text-soft">{shown}</p>;
}
