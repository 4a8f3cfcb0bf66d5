import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import type { readCartAndRemoved } from "@/lib/cart/read-cart";
import { titleOf } from "@/lib/catalog/title-of";
import { mostLines } from "@/lib/orders/order-limits";
import { readQuantity } from "../read-quantity";
import styles from "./cart.module.css";
import { ways } from "./describe-addition";

export type Told = { added?: string | string[]; way?: string | string[]; pieces?: string | string[] };
type Row = Awaited<ReturnType<typeof readCartAndRemoved>>[number];

/**
 * What has just happened to the cart, by the address that it ended at: always there, so that it is read out when it
 * changes. What was taken out is shown in its place and only said here.
 */
export async function WhatWasDone({ told, rows }: { told: Told; rows: Row[] }) {
  const t = await getTranslations("cart");
  const done = await describe(told, rows);
  const removed = rows.find(({ isRemoved }) => isRemoved);
  return (
    <p className={done ? styles.done : "zg-visually-hidden"} role="status">
      {done ?? (removed && t("removed", { title: titleOf(removed.title, removed.variantTitle) }))}
    </p>
  );
}

/** In the words of now: whatever else became of the line since. */
async function describe({ added, way, pieces }: Told, rows: Row[]): Promise<string | null> {
  const t = await getTranslations("cart");
  if (way === "gone") return t("gone");
  if (way === "tooMany") return t("summary.tooMany", { count: mostLines });
  const known = ways.find((one) => one === way);
  const line = rows.find(({ sku, isRemoved }) => sku === added && !isRemoved);
  if (!known || !line) return null;
  return t(`add.${known}`, {
    title: titleOf(line.title, line.variantTitle),
    price: formatFen(line.priceFen, await getLocale()),
    quantity: line.quantity,
    added: readQuantity(typeof pieces === "string" ? pieces : null) ?? 0,
  });
}
