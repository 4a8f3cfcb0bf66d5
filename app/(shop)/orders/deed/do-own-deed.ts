import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { problemText, toAppError } from "@/lib/http/problem";
import { type DeedState, untouched } from "./deed-state";

type Own = { number: string; memberId: number };

/**
 * A buyer's deed on their own order or refund, named by its number; refused, the page shows how it stands now, and the
 * form why.
 */
export async function doOwnDeed(
  buyer: { memberId: number } | null,
  number: FormDataEntryValue | null,
  deed: (of: Own) => Promise<unknown>,
): Promise<DeedState> {
  if (!buyer || typeof number !== "string" || !/^\w{1,64}$/.test(number)) notFound();
  try {
    await deed({ number, memberId: buyer.memberId });
    revalidatePath("/orders", "layout"); // The order's own page, or the list.
    return untouched;
  } catch (error) {
    const { code } = toAppError(error);
    if (code === "not_found") notFound();
    revalidatePath("/orders", "layout");
    return { message: problemText(await getLocale(), code) };
  }
}
