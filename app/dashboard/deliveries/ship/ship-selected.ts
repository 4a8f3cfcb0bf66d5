"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { shipSelection } from "@/lib/batches/ship-selection";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";
import { readVerdictText } from "../verdict-text";

/** Ships every row that has a number, and says of each what became of it; what was refused stays as it was typed. */
export async function shipSelected(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("orders.ship", "/dashboard/deliveries");
  const t = await getTranslations("desk.shipMany");
  const answer = { form: "ship", typed: typedIn(form) };
  if (textOf(form, "deed") !== "ship") return { ...answer, isDone: false, text: t("deedMissing") };
  const rows = form
    .getAll("order")
    .filter((value) => typeof value === "string")
    .map((orderNo) => ({
      orderNo,
      carrier: textOf(form, `carrier:${orderNo}`),
      trackingNo: textOf(form, `trackingNo:${orderNo}`),
      note: textOf(form, `note:${orderNo}`),
    }))
    .filter(({ carrier, trackingNo, note }) => carrier || trackingNo || note);
  if (rows.length === 0) return { ...answer, isDone: false, text: t("nothingTyped") };

  try {
    const by = { staffId: staff.id, address: await requestAddress() };
    const { batchId, verdicts } = await shipSelection(shop(), { rows, by });
    refresh();
    const verdictText = await readVerdictText();
    const items = verdicts.map(({ orderNo, verdict }) => {
      const isDone = verdict === "shipped";
      return { key: orderNo, isDone, text: isDone ? t("shipped") : verdictText(verdict) };
    });
    const done = items.filter(({ isDone }) => isDone).length;
    const next =
      batchId === null
        ? undefined
        : { href: `/dashboard/deliveries/batches/${batchId}`, label: t("toBatch") };
    const text = t("result", { done, failed: items.length - done });
    return { ...answer, isDone: done === items.length, text, items, next };
  } catch (error) {
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
