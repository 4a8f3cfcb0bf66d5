"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { applyBatch } from "@/lib/batches/apply-batch";
import { changeColumns } from "@/lib/batches/change-columns";
import { batchFields, type Meaning } from "@/lib/batches/columns";
import { findBatch } from "@/lib/batches/find-batch";
import { sheetLimits } from "@/lib/batches/sheet";
import { undoBatch } from "@/lib/batches/undo-batch";
import { AppError } from "@/lib/http/app-error";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../../parts/outcome";
import { cursorOf } from "../../../parts/query";
import { refusalText } from "../../../parts/refusal-text";

/** Checks a draft again, ships it, or undoes what was shipped. */
export async function actOnBatch(_: Outcome, form: FormData): Promise<Outcome> {
  const batchId = cursorOf(textOf(form, "batchId")) ?? 0;
  const staff = await requireStaffOnPage("orders.ship", `/dashboard/deliveries/batches/${batchId}`);
  const t = await getTranslations("desk.batches.done");
  const deed =
    (["apply", "undo", "columns"] as const).find((one) => one === textOf(form, "form")) ?? "columns";
  const answer = { form: deed, typed: typedIn(form) };
  try {
    const by = { staffId: staff.id, address: await requestAddress() };
    const before = (await findBatch(shop(), batchId))?.counts;
    if (deed === "columns") await changeColumns(shop(), { batchId, meaning: readMeaning(form) });
    else if (deed === "apply") await applyBatch(shop(), { batchId, by });
    else await undoBatch(shop(), { batchId, by });
    refresh();
    const counts = (await findBatch(shop(), batchId))?.counts;
    const isDone =
      deed === "undo" ? !counts?.kept : deed === "columns" || counts?.refused === before?.refused;
    return { ...answer, typed: {}, isDone, text: t(deed, { ...counts }) };
  } catch (error) {
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}

/** Which column means what, from one select a column. */
function readMeaning(form: FormData): Meaning {
  const meaning: Meaning = {};
  for (let column = 0; column < sheetLimits.columns; column++) {
    const field = batchFields.find((known) => known === textOf(form, `column:${column}`));
    if (!field) continue;
    if (meaning[field] !== undefined)
      throw new AppError("malformed", { errors: [{ path: field, code: "columnTwice" }] });
    meaning[field] = column;
  }
  return meaning;
}
