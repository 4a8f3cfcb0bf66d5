import { and, asc, eq, inArray } from "drizzle-orm";
import { codes, deliveries, deliveryContents, deliveryLines } from "@/lib/db/schema/deliveries";
import { orderLines } from "@/lib/db/schema/orders";
import { unseal } from "@/lib/db/seal";
import { carrierName } from "@/lib/deliveries/carrier-name";
import type { DeliveryKind, DeliveryStatus } from "@/lib/deliveries/state";
import type { Locale } from "@/lib/http/locale";
import type { Shop } from "@/lib/shop";

export type DeliveryView = {
  kind: DeliveryKind;
  status: Exclude<DeliveryStatus, "voided">;
  /** WeChat's code of it. */
  carrier: string | null;
  carrierName: string | null;
  trackingNo: string | null;
  /** What the shop wrote along. */
  note: string | null;
  /** When it left. */
  at: string;
  receivedAt: string | null;
  failedAt: string | null;
  /** It failed, and another delivery has the same pieces. */
  isReplaced: boolean;
  lines: { sku: string; title: string; quantity: number }[];
  /** Everything that was handed over, one a line; null when that was nothing, or cannot be opened. */
  content: string | null;
  contents: ContentView[];
};

/** What one line was delivered as. `items` is null when the shop's DATA_KEY was changed since and does not open it. */
export type ContentView = {
  sku: string;
  title: string;
  kind: "text" | "link" | "codes";
  items: string[] | null;
};

/** An order's deliveries as its buyer may see them: undone ones never were. The caller has made sure whose order it is. */
export async function readDeliveries(
  shop: Shop,
  { orderId, locale }: { orderId: number; locale: Locale },
): Promise<DeliveryView[]> {
  const rows = (
    await shop.db.select().from(deliveries).where(eq(deliveries.orderId, orderId)).orderBy(asc(deliveries.id))
  ).filter(isSeen);
  if (!rows.length) return [];
  const ids = rows.map(({ id }) => id);
  const [lines, contents] = await Promise.all([readLines(shop, orderId, ids), readContents(shop, ids)]);
  const replaced = new Set(rows.map(({ replacesId }) => replacesId));
  return rows.map((row) => {
    const mine = lines.filter(({ deliveryId }) => deliveryId === row.id);
    const handedOver = mine.flatMap(({ variantId, sku, title }) =>
      contents
        .filter((content) => content.deliveryId === row.id && content.variantId === variantId)
        .map(({ kind, items }) => ({ sku, title, kind, items })),
    );
    const texts = handedOver.flatMap(({ items }) => items ?? []);
    return {
      kind: row.kind,
      status: row.status,
      carrier: row.carrier,
      carrierName: row.carrier && carrierName(row.carrier, locale),
      trackingNo: row.trackingNo,
      note: row.note,
      at: row.shippedAt.toISOString(),
      receivedAt: row.receivedAt?.toISOString() ?? null,
      failedAt: row.failedAt?.toISOString() ?? null,
      isReplaced: replaced.has(row.id),
      lines: mine.map(({ sku, title, quantity }) => ({ sku, title, quantity })),
      content: texts.length > 0 ? texts.join("\n") : null,
      contents: handedOver,
    };
  });
}

type Row = typeof deliveries.$inferSelect;

function isSeen(row: Row): row is Row & { status: DeliveryView["status"] } {
  return row.status !== "voided";
}

/** By their order line: the title is the one that was bought. */
function readLines({ db }: Shop, orderId: number, ids: number[]) {
  return db
    .select({
      deliveryId: deliveryLines.deliveryId,
      variantId: deliveryLines.variantId,
      quantity: deliveryLines.quantity,
      sku: orderLines.sku,
      title: orderLines.title,
    })
    .from(deliveryLines)
    .innerJoin(
      orderLines,
      and(eq(orderLines.variantId, deliveryLines.variantId), eq(orderLines.orderId, orderId)),
    )
    .where(inArray(deliveryLines.deliveryId, ids))
    .orderBy(asc(deliveryLines.variantId));
}

type Content = { deliveryId: number; variantId: number; kind: ContentView["kind"]; items: string[] | null };

async function readContents({ db, environment }: Shop, ids: number[]): Promise<Content[]> {
  const [texts, given] = await Promise.all([
    db.select().from(deliveryContents).where(inArray(deliveryContents.deliveryId, ids)),
    db.select().from(codes).where(inArray(codes.deliveryId, ids)).orderBy(asc(codes.id)),
  ]);
  const open = (sealed: string[]) => {
    const opened = sealed.map((one) => unseal(one, environment.dataKey)).filter((text) => text !== null);
    return opened.length === sealed.length ? opened : null;
  };
  const ofCodes = Map.groupBy(given, ({ deliveryId, variantId }) => `${deliveryId}:${variantId}`);
  return [
    ...texts.map(({ sealed, ...row }) => ({ ...row, items: open([sealed]) })),
    ...[...ofCodes.values()].flatMap((rows) => {
      const [first] = rows;
      if (!first?.deliveryId) return [];
      const items = open(rows.map(({ sealed }) => sealed));
      return [{ deliveryId: first.deliveryId, variantId: first.variantId, kind: "codes" as const, items }];
    }),
  ];
}
