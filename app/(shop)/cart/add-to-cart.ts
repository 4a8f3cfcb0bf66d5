"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { becomeGuest } from "@/lib/auth/become-guest";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { type AddedLine, addLine } from "@/lib/cart/add-line";
import { AppError } from "@/lib/http/app-error";
import { toAppError } from "@/lib/http/problem";
import { limitGuestsByAddress } from "@/lib/members/limit-guests";
import { shop } from "@/lib/shop";
import { readQuantity } from "../read-quantity";
import type { AddState } from "./add-state";
import { describeAddition, describeRefusal, wayOf } from "./describe-addition";

/**
 * Anybody may fill a cart; a stranger becomes a guest. Fields `sku`, `quantity` and `addKey`, a random UUID of the
 * rendered page: sent twice, it adds once. With a script the page stays, without one the cart shows what was added.
 */
export async function addToCart(_before: AddState, form: FormData): Promise<AddState> {
  const typed = { sku: text(form, "sku"), quantity: text(form, "quantity") };
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
  const addKey = text(form, "addKey");
  if (!/^[0-9a-f-]{36}$/.test(addKey)) throw new AppError("malformed");
  const quantity = readQuantity(typed.quantity);
  if (quantity === null) throw wrong("quantity");
  if (!typed.sku || typed.sku.length > 64) throw wrong("sku");
  const buyer = (await findCurrentBuyer()) ?? (await becomeKnown(addKey));
  return addLine(shop(), { memberId: buyer.memberId, sku: typed.sku, quantity, addKey });
}

async function becomeKnown(addKey: string) {
  await limitGuestsByAddress(shop(), new Headers(await headers()));
  return becomeGuest(addKey);
}

function wrong(field: "sku" | "quantity"): AppError {
  return new AppError("malformed", { errors: [{ path: field, code: field }] });
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
