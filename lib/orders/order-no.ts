import { randomInt } from "node:crypto";
import { toBeijingStamp } from "@/lib/wechat/beijing-time";

/**
 * Sorts by time (Beijing, to the second) and cannot be guessed: 10⁸ possibilities for each second, and
 * a stranger is told "not found" for all of them. Digits only, so that it can be read out on the telephone.
 */
export function newOrderNo(now: Date): string {
  return toBeijingStamp(now).slice(2) + String(randomInt(100_000_000)).padStart(8, "0");
}

/** Unique for ever at WeChat, also after the database was restored: it carries the order's random part. */
export function newOutTradeNo(orderNo: string, attempt: number): string {
  return `${orderNo}P${attempt}`;
}
