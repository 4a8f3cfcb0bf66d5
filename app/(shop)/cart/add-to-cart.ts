"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { type AddedLine, addLine } from "@/lib/cart/add-line";
import { AppError } from "@/lib/http/app-error";
import { toAppError } from "@/lib/http/problem";
import { shop } from "@/lib/shop";
import { becomeKnown } from "../become-known";
import { requireFormKey } from "../form-key";
import { formText } from "../form-text";
import { readQuantity } from "../read-quantity";
import type { AddState } from "./add-state";
import { describeAddition, describeRefusal, wayOf } from "./describe-addition";

/**
 * Anybody may fill a cart; a stranger becomes a guest. Fields `sku`, `quantity` and `addKey`, a random UUID of the
 * rendered page: sent twice, it adds once. With a script the page stays, without one the cart shows what was added.
 */
export async function addToCart(_before: AddState, form: FormData): Promise<AddState> {
  const typed = { sku: formText(form, "sku"), quantity: formText(form, "quantity") };
  let line: AddedLine;
  try {
    line = await add(form, typed);
  } catch (error) {
    return { ...(await describeRefusal(toAppError(error))), typed };
  }
  const way = wayOf({ ...line, asked: Number(typed.quantity) });
  const state = await describeAddition(line, way);
  if (!state.added) return { ...state, typed };
  if (!form.has("kept")) redirect(`/cart?${new URLSearchParams(toldThere(typed.sku, way, line))}`);
  refresh(); // The cart's count in the frame, and a new key for the next press.
  return state;
}

/** The cart page has its own words for it; of fewer than asked for it says how many. */
function toldThere(sku: string, way: string, { added, isRepeated }: AddedLine): Record<string, string> {
  const told = { added: sku, way };
  return way === "added" || isRepeated ? told : { ...told, pieces: String(added) };
}

async function add(form: FormData, typed: { sku: string; quantity: string }): Promise<AddedLine> {
  const addKey = requireFormKey(formText(form, "addKey"));
  const quantity = readQuantity(typed.quantity);
  if (quantity === null) throw wrong("quantity");
  if (!typed.sku || typed.sku.length > 64) throw wrong("sku");
  const buyer = (await findCurrentBuyer()) ?? (await becomeKnown(addKey));
  return addLine(shop(), { memberId: buyer.memberId, sku: typed.sku, quantity, addKey });
}

function wrong(field: "sku" | "quantity"): AppError {
  return new AppError("malformed", { errors: [{ path: field, code: field }] });
}
