import { readYuan } from "@/app/ui/read-yuan";
import { readLocalTime } from "@/lib/calendar/local-time";
import { AppError } from "@/lib/http/app-error";
import { approveRefund, askReturn } from "@/lib/refunds/approve-refund";
import { askWechat } from "@/lib/refunds/ask-wechat";
import type { RefundAction } from "@/lib/refunds/available-actions";
import { giveUpRefund } from "@/lib/refunds/give-up-refund";
import { recordPayout } from "@/lib/refunds/record-payout";
import { rejectRefund } from "@/lib/refunds/reject-refund";
import { receiveReturn, refuseReturn } from "@/lib/refunds/return-goods";
import { purses, tryAgain } from "@/lib/refunds/try-again";
import { undoApproval } from "@/lib/refunds/undo-approval";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { textOf } from "../../parts/outcome";

type Asked = { refundNo: string; by: Person; form: FormData };

/** What each form does, and the word of `desk.refund.done` for what came of it. Throws `AppError`. */
export const deeds = {
  async approve(shop: Shop, { refundNo, by, form }: Asked) {
    const { waitsForSecond } = await approveRefund(shop, {
      ...{ refundNo, by },
      refundFen: amountOf(form),
      note: textOf(form, "note") || null,
      restock: restockOf(form),
      dropLines: textOf(form, "dropLines") === "yes",
    });
    return waitsForSecond ? ("waitsForSecond" as const) : ("approve" as const);
  },
  async askReturn(shop: Shop, { refundNo, by, form }: Asked) {
    const { waitsForSecond } = await askReturn(shop, {
      ...{ refundNo, by },
      refundFen: amountOf(form),
      note: textOf(form, "note"),
    });
    return waitsForSecond ? ("waitsForSecond" as const) : ("askReturn" as const);
  },
  async reject(shop: Shop, { refundNo, by, form }: Asked) {
    await rejectRefund(shop, { refundNo, by, note: textOf(form, "note") });
    return "reject" as const;
  },
  async undo(shop: Shop, { refundNo, by }: Asked) {
    await undoApproval(shop, { refundNo, by });
    return "undo" as const;
  },
  async receiveReturn(shop: Shop, { refundNo, by, form }: Asked) {
    const restock = textOf(form, "restock");
    if (restock !== "yes" && restock !== "no")
      throw new AppError("malformed", { errors: [{ path: "restock", code: "required" }] });
    await receiveReturn(shop, { refundNo, by, restock: restock === "yes" });
    return "receiveReturn" as const;
  },
  async refuseReturn(shop: Shop, { refundNo, by, form }: Asked) {
    await refuseReturn(shop, { refundNo, by, note: textOf(form, "note") });
    return "refuseReturn" as const;
  },
  async tryAgain(shop: Shop, { refundNo, by, form }: Asked) {
    const purse = purses.find((one) => one === textOf(form, "purse"));
    await tryAgain(shop, { refundNo, by, purse });
    return "tryAgain" as const;
  },
  async askWechat(shop: Shop, { refundNo }: Asked) {
    await askWechat(shop, { refundNo });
    return "askWechat" as const;
  },
  async recordPayout(shop: Shop, { refundNo, by, form }: Asked) {
    const { timeZone } = await readSettings(shop.db);
    const paidAt = readLocalTime(textOf(form, "paidAt"), timeZone);
    if (!paidAt) throw new AppError("malformed", { errors: [{ path: "paidAt", code: "paidAt" }] });
    await recordPayout(shop, {
      ...{ refundNo, by, paidAt },
      method: textOf(form, "method"),
      reference: textOf(form, "reference") || null,
      note: textOf(form, "note") || null,
    });
    return "recordPayout" as const;
  },
  async giveUp(shop: Shop, { refundNo, by, form }: Asked) {
    await giveUpRefund(shop, { refundNo, by, note: textOf(form, "note") });
    return "giveUp" as const;
  },
} satisfies Record<RefundAction, (shop: Shop, asked: Asked) => Promise<string>>;

/** In yuan, as people write it. */
function amountOf(form: FormData): number {
  const fen = readYuan(textOf(form, "amount"));
  if (fen === null) throw new AppError("malformed", { errors: [{ path: "refundFen", code: "refundFen" }] });
  return fen;
}

/** Fields `restock:SKU`, of which an empty one leaves the line to the usual rule. */
function restockOf(form: FormData): { sku: string; restock: boolean }[] {
  return [...form]
    .filter(([name, value]) => name.startsWith("restock:") && (value === "yes" || value === "no"))
    .map(([name, value]) => ({ sku: name.slice("restock:".length), restock: value === "yes" }));
}
