import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedOrder } from "@/lib/orders/describe-orders";
import type { OrderSort } from "@/lib/orders/order-filter";
import type { DeskClock } from "../desk-settings";
import { Cell, type Column, Ledger, Row } from "../parts/ledger";
import { SelectBox } from "../parts/select-box";
import { type ListAddress, type ListColumn, listHref, withFilter } from "./list-address";
import { useOrderCells } from "./order-cells";
import { OrderHints } from "./order-hints";

type Props = { orders: ListedOrder[]; address: ListAddress; clock: DeskClock; maySelect: boolean };

export function OrderTable({ orders, address, clock, maySelect }: Props) {
  const t = useTranslations("lists.columns");
  const select = useTranslations("lists.selected");
  const { columns, isCompact } = address.look;
  const cells = useOrderCells({ clock, isCompact });
  const shown = columns.map((name) => ({ name, label: t(name) }));
  const heads: Column[] = [
    { label: t("order") },
    ...shown.map(({ name, label }) => ({
      label,
      ...(name === "total" && { end: true as const }),
      sort: sortOf(name, address),
    })),
  ];
  return (
    <Ledger label={t("label")} columns={heads} isCompact={isCompact}>
      {orders.map((order) => (
        <Row key={order.id}>
          <Cell>
            <div className="flex items-baseline gap-2">
              {maySelect && (
                <SelectBox
                  name="order"
                  value={order.orderNo}
                  label={select("one", { orderNo: order.orderNo })}
                />
              )}
              <div className="min-w-0">
                <Link
                  className="zg-code zg-number scroll-my-40"
                  href={`/dashboard/orders/${order.orderNo}`}
                  prefetch={false}
                  data-row
                >
                  {order.orderNo}
                </Link>
                <OrderHints order={order} />
              </div>
            </div>
          </Cell>
          {shown.map(({ name, label }) => (
            <Cell key={name} label={label} className={cellLooks[name]}>
              {cells[name](order)}
            </Cell>
          ))}
        </Row>
      ))}
    </Ledger>
  );
}

const cellLooks: Partial<Record<ListColumn, string>> = { total: "end", created: "dated", paid: "dated" };

/** A press on a head sorts by its column, a second one the other way round or, where there is none, as before. */
const sorts: Partial<Record<ListColumn, [OrderSort, "ascending" | "descending", OrderSort]>> = {
  created: ["newest", "descending", "oldest"],
  total: ["amount", "descending", "amount-up"],
  deadline: ["deadline", "ascending", "newest"],
  paid: ["paid", "descending", "newest"],
};

function sortOf(column: ListColumn, address: ListAddress): Column["sort"] {
  const [first, direction, second] = sorts[column] ?? [];
  if (!first || !direction || !second) return undefined;
  const { sort } = address.filter;
  const back = direction === "ascending" ? "descending" : "ascending";
  const isSecond = sort === second && second !== "newest";
  return {
    href: listHref(withFilter(address, { sort: sort === first ? second : first })),
    direction: sort === first ? direction : isSecond ? back : null,
  };
}
