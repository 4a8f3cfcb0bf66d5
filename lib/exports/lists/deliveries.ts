import { productKinds } from "@/lib/db/schema/catalog";
import { boardStates } from "@/lib/deliveries/board-filter";
import { type BoardCursor, type BoardOrder, listBoard } from "@/lib/deliveries/list-board";
import { readParameters } from "@/lib/http/read-parameters";
import { everyPage, exportedList, exportPageSize } from "../exported-list";
import { type OrderFacts, recipientColumns, withFacts } from "../read-order-facts";
import type { Words } from "../words";

export const deliveryList = exportedList<BoardOrder & { facts: OrderFacts }>({
  permission: "orders.read",
  columns: {
    orderNo: (row) => row.orderNo,
    kind: (row, { words }) => words.desk.board.kinds[row.kind],
    deliverBy: (row) => row.deliverBy,
    state: (row, { words }) => standingText(row, words),
    goods: ({ facts }) => facts.goods,
    skus: ({ facts }) => facts.skus,
    toShip: (row) => row.pieces.of - row.pieces.shipped,
    person: (row) => row.person,
    reminders: (row) => row.reminders,
    remindedAt: (row) => row.remindedAt,
    ...recipientColumns,
    note: ({ facts }) => facts.note,
    parcels: ({ facts }) => facts.parcels,
  },
  read(shop, query, { staffId, reveal }) {
    const { madeUp, oneOf, read } = readParameters(query);
    const state = oneOf("state", boardStates);
    const kind = oneOf("kind", productKinds);
    const person = read("person", (text) => {
      if (text === "mine") return staffId;
      if (text === "nobody") return text;
      return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
    });
    const pages = everyPage(async (after?: BoardCursor) => {
      const page = await listBoard(shop, { state, kind, person, after, size: exportPageSize });
      return { rows: await withFacts(shop, page.orders, { reveal }), next: page.more };
    });
    return { madeUp, pages };
  },
});

function standingText({ standing }: BoardOrder, words: Words): string {
  if (standing.state !== "partlyShipped") return words.desk.standing[standing.state];
  const text = words.desk.standing.partlyShipped;
  return text.replace("{shipped}", String(standing.shipped)).replace("{of}", String(standing.of));
}
