import { readLocalTime } from "@/lib/calendar/local-time";
import { assignOrders } from "@/lib/deliveries/assign-orders";
import { correctDelivery } from "@/lib/deliveries/correct-delivery";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { giveUpReport } from "@/lib/deliveries/give-up-report";
import { moveDeadline } from "@/lib/deliveries/move-deadline";
import { replaceDelivery } from "@/lib/deliveries/replace-delivery";
import { sendReportAgain } from "@/lib/deliveries/send-report-again";
import { type Parcel, shipOrder } from "@/lib/deliveries/ship-order";
import { voidDelivery } from "@/lib/deliveries/void-delivery";
import { AppError } from "@/lib/http/app-error";
import { addNote } from "@/lib/notes/add-note";
import { parseRefundRequest } from "@/lib/refunds/refund-request";
import { requestRefund } from "@/lib/refunds/request-refund";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import type { Permission } from "@/lib/staff/rights";
import { textOf } from "../../parts/outcome";
import { piecesIn } from "./pieces-in";
import { readAsked } from "./read-asked";

/** `id`: of the delivery, or of the receipt whose report it is about. */
type Asked = { orderNo: string; id: number; by: Person; form: FormData };

/** The right that each form of an order's page takes. */
export const deedRights = {
  ship: "orders.ship",
  correct: "orders.ship",
  fail: "orders.ship",
  replace: "orders.ship",
  undo: "orders.ship",
  sendAgain: "orders.ship",
  giveUp: "orders.ship",
  assign: "orders.ship",
  moveDeadline: "deadlines.move",
  askRefund: "refunds.request",
  note: "orders.note",
} as const satisfies Record<string, Permission>;
export type OrderDeed = keyof typeof deedRights;

/** What each form does, and the word of `order.done` for what came of it. Throws `AppError`. */
export const orderDeeds = {
  async ship(shop: Shop, { orderNo, by, form }: Asked) {
    const seen = textOf(form, "deliveriesSeen");
    const deliveriesSeen = /^\d{1,4}$/.test(seen) ? Number(seen) : -1;
    const { orderStatus } = await shipOrder(shop, { orderNo, by, parcel: parcelIn(form), deliveriesSeen });
    return { word: orderStatus === "paid" ? "shipPart" : "ship" } as const;
  },
  async correct(shop: Shop, { id, by, form }: Asked) {
    await correctDelivery(shop, { deliveryId: id, by, parcel: parcelIn(form) });
    return { word: "correct" } as const;
  },
  async fail(shop: Shop, { id, by, form }: Asked) {
    await failDelivery(shop, { deliveryId: id, by, reason: textOf(form, "reason") });
    return { word: "fail" } as const;
  },
  async replace(shop: Shop, { id, by, form }: Asked) {
    await replaceDelivery(shop, { deliveryId: id, by, parcel: parcelIn(form) });
    return { word: "replace" } as const;
  },
  async undo(shop: Shop, { id, by }: Asked) {
    await voidDelivery(shop, { deliveryId: id, by });
    return { word: "undo" } as const;
  },
  async sendAgain(shop: Shop, { id, by }: Asked) {
    await sendReportAgain(shop, { receiptId: id, by });
    return { word: "sendAgain" } as const;
  },
  async giveUp(shop: Shop, { id, by, form }: Asked) {
    await giveUpReport(shop, { receiptId: id, note: textOf(form, "note"), by });
    return { word: "giveUp" } as const;
  },
  async assign(shop: Shop, { orderNo, by, form }: Asked) {
    const wished = textOf(form, "to");
    const to = wished === "nobody" ? null : Number(wished);
    const { ended } = await assignOrders(shop, { orderNos: [orderNo], to, by });
    if (ended.length > 0) throw new AppError("deadline_ended");
    return { word: to === null ? "unassign" : "assign" } as const;
  },
  async moveDeadline(shop: Shop, { orderNo, by, form }: Asked) {
    const { timeZone } = await readSettings(shop.db);
    const to = readLocalTime(textOf(form, "to"), timeZone);
    if (!to) throw new AppError("deadline_invalid");
    await moveDeadline(shop, { orderNo, to, reason: textOf(form, "reason"), by });
    return { word: "moveDeadline" } as const;
  },
  async askRefund(shop: Shop, { orderNo, by, form }: Asked) {
    const asked = { orderNo, reason: textOf(form, "reason"), note: textOf(form, "note") };
    const request = parseRefundRequest({ ...asked, ...(await readAsked(shop, form)) }, "staff");
    const { refundNo } = await requestRefund(shop, { by, request, idempotencyKey: null });
    return { word: "askRefund", refundNo } as const;
  },
  async note(shop: Shop, { orderNo, by, form }: Asked) {
    await addNote(shop, { orderNo, text: textOf(form, "text"), by });
    return { word: "note" } as const;
  },
} satisfies Record<OrderDeed, (shop: Shop, asked: Asked) => Promise<{ word: string }>>;

/** Numbers of another kind than the one chosen may still stand in the form: they are not meant. */
function parcelIn(form: FormData): Parcel {
  return {
    kind: textOf(form, "kind"),
    carrier: textOf(form, "carrier"),
    trackingNo: textOf(form, "trackingNo"),
    phoneTail: textOf(form, "phoneTail"),
    note: textOf(form, "note"),
    lines: piecesIn(form),
  };
}
