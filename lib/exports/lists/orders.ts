import { describeOrders, type ListedOrder } from "@/lib/orders/describe-orders";
import { listOrders } from "@/lib/orders/list-orders";
import { readOrderFilter } from "@/lib/orders/order-filter";
import type { Shop } from "@/lib/shop";
import { everyPage, exportedList, exportPageSize } from "../exported-list";
import { type OrderFacts, recipientColumns, withFacts } from "../read-order-facts";

const selectedAtMost = 1_000;

export const orderList = exportedList<ListedOrder & { facts: OrderFacts }>({
  permission: "orders.read",
  typed: ["q"],
  columns: {
    orderNo: (row) => row.orderNo,
    createdAt: (row) => row.createdAt,
    status: (row, { words }) => words.common.orderStatus[row.status],
    closedReason: (row, { words }) => row.closedReason && words.desk.closedReason[row.closedReason],
    kind: (row, { words }) => words.desk.board.kinds[row.kind],
    goods: ({ facts }) => facts.goods,
    skus: ({ facts }) => facts.skus,
    pieces: (row) => row.quantity,
    goodsFen: ({ facts }) => ({ fen: facts.goodsFen }),
    freightFen: ({ facts }) => ({ fen: facts.freightFen }),
    totalFen: (row) => ({ fen: row.totalFen }),
    paidFen: (row) => ({ fen: row.paidFen }),
    refundedFen: (row) => ({ fen: row.refundedFen }),
    oweFen: (row) => ({ fen: row.oweFen }),
    tradeType: (row) => row.tradeType,
    outTradeNo: ({ facts }) => facts.outTradeNo,
    transactionId: ({ facts }) => facts.transactionId,
    paidAt: (row) => row.paidAt,
    deliverBy: ({ clock }) => (clock?.state === "runs" ? clock.deliverBy : null),
    clockEndedAt: ({ clock }) => (clock?.state === "ended" ? clock.endedAt : null),
    person: (row) => row.person,
    ...recipientColumns,
    note: ({ facts }) => facts.note,
    parcels: ({ facts }) => facts.parcels,
    memberId: ({ facts }) => facts.memberId,
  },
  read(shop, query, { reveal }) {
    const selected = [query.order ?? []].flat();
    if (selected.length > 0) return readSelected(shop, selected, { reveal });
    const { filter, madeUp } = readOrderFilter(query);
    const pages = everyPage(async (before?: string) => {
      const page = await listOrders(shop, filter, { before, size: exportPageSize });
      return { rows: await withFacts(shop, page.orders, { reveal }), next: page.older };
    });
    return { madeUp, pages };
  },
});

/** The orders that somebody ticked, in the order of the address; one that is not there is left out. */
function readSelected(shop: Shop, orderNos: string[], of: { reveal: boolean }) {
  const isTooMany = orderNos.length > selectedAtMost;
  async function* pages() {
    const rows = await shop.sql<{ id: number }[]>`
      SELECT o.id::float8 AS id FROM unnest(${orderNos}::text[]) WITH ORDINALITY AS wanted (no, place)
        JOIN orders o ON o.order_no = wanted.no GROUP BY o.id ORDER BY min(place)`;
    yield await withFacts(
      shop,
      await describeOrders(
        shop,
        rows.map(({ id }) => id),
      ),
      of,
    );
  }
  return { madeUp: isTooMany ? ["order"] : [], pages: pages() };
}
