import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { problemText, toAppError } from "@/lib/http/problem";
import { type DeedState, untouched } from "./deed-state";

type OwnOrder = { orderNo: string; memberId: number };

/** A buyer's deed on their own order; refused, the page shows how it stands now, and the form why. */
export async function doOwnDeed(
  buyer: { memberId: number } | null,
  form: FormData,
  deed: (of: OwnOrder) => Promise<void>,
): Promise<DeedState> {
  const orderNo = form.get("orderNo");
  if (!buyer || typeof orderNo !== "string" || !/^\d{1,40}$/.test(orderNo)) notFound();
  try {
    await deed({ orderNo, memberId: buyer.memberId });
    revalidatePath("/orders", "layout"); // The order's own page, or the list.
    return untouched;
  } catch (error) {
    const { code } = toAppError(error);
    if (code === "not_found") notFound();
    revalidatePath("/orders", "layout");
    return { message: problemText(await getLocale(), code) };
  }
}
