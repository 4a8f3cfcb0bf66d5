"use server";

import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { problemText, toAppError } from "@/lib/http/problem";
import { sendReturn } from "@/lib/refunds/return-goods";
import { shop } from "@/lib/shop";
import { formText } from "../../../form-text";
import { type ReturnField, type ReturnState, untouched } from "./return-state";

/** The buyer says how the goods come back, or corrects it. */
export async function sendOwnReturn(_before: ReturnState, form: FormData): Promise<ReturnState> {
  const buyer = await findCurrentBuyer();
  const refundNo = formText(form, "refundNo");
  if (!buyer || !/^\w{1,64}$/.test(refundNo)) notFound();
  const [carrier, trackingNo] = [formText(form, "carrier"), formText(form, "trackingNo")];
  const typed = { carrier: carrier.trim(), trackingNo: trackingNo.trim().normalize("NFKC") };
  try {
    await sendReturn(shop(), { refundNo, memberId: buyer.memberId, ...typed });
  } catch (error) {
    const { code, facts } = toAppError(error);
    if (code === "not_found") notFound();
    revalidatePath("/orders/[orderNo]", "page"); // Decided in the meantime: the page says how.
    const t = await getTranslations("shop.refunds.return");
    const wrong = (["carrier", "trackingNo"] as const).filter((name) =>
      facts.errors?.some(({ path }) => path === name),
    );
    const problemOf = (name: ReturnField) => [name, t(`${name}Problem`)] as const;
    const message = wrong.length ? null : problemText(await getLocale(), code);
    return { typed, problems: Object.fromEntries(wrong.map(problemOf)), message };
  }
  revalidatePath("/orders/[orderNo]", "page");
  return untouched;
}
