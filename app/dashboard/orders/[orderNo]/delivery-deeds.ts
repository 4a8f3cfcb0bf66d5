import { correctDelivery } from "@/lib/deliveries/correct-delivery";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { giveUpReport } from "@/lib/deliveries/give-up-report";
import { replaceDelivery } from "@/lib/deliveries/replace-delivery";
import { sendReportAgain } from "@/lib/deliveries/send-report-again";
import { type Parcel, shipOrder } from "@/lib/deliveries/ship-order";
import { voidDelivery } from "@/lib/deliveries/void-delivery";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { textOf } from "../../parts/outcome";
import { piecesIn } from "./pieces-in";

/** `id`: of the delivery, or of the receipt whose report it is about. */
type Asked = { orderNo: string; id: number; by: Person; form: FormData };

/** What each form does, and the word of `desk.order.deliveries.done` for what came of it. Throws `AppError`. */
export const deliveryDeeds = {
  async ship(shop: Shop, { orderNo, by, form }: Asked) {
    const seen = textOf(form, "deliveriesSeen");
    const deliveriesSeen = /^\d{1,4}$/.test(seen) ? Number(seen) : -1;
    const { orderStatus } = await shipOrder(shop, { orderNo, by, parcel: parcelIn(form), deliveriesSeen });
    return orderStatus === "paid" ? ("shipPart" as const) : ("ship" as const);
  },
  async correct(shop: Shop, { id, by, form }: Asked) {
    await correctDelivery(shop, { deliveryId: id, by, parcel: parcelIn(form) });
    return "correct" as const;
  },
  async fail(shop: Shop, { id, by, form }: Asked) {
    await failDelivery(shop, { deliveryId: id, by, reason: textOf(form, "reason") });
    return "fail" as const;
  },
  async replace(shop: Shop, { id, by, form }: Asked) {
    await replaceDelivery(shop, { deliveryId: id, by, parcel: parcelIn(form) });
    return "replace" as const;
  },
  async undo(shop: Shop, { id, by }: Asked) {
    await voidDelivery(shop, { deliveryId: id, by });
    return "undo" as const;
  },
  async sendAgain(shop: Shop, { id, by }: Asked) {
    await sendReportAgain(shop, { receiptId: id, by });
    return "sendAgain" as const;
  },
  async giveUp(shop: Shop, { id, by, form }: Asked) {
    await giveUpReport(shop, { receiptId: id, note: textOf(form, "note"), by });
    return "giveUp" as const;
  },
} satisfies Record<string, (shop: Shop, asked: Asked) => Promise<string>>;

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
