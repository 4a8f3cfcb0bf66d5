import { randomInt } from "node:crypto";
import { toBeijingStamp } from "@/lib/wechat/beijing-time";

/** Our out_refund_no: drawn once a refund, unique for ever at WeChat, also after the database was restored. */
export function newOutRefundNo(now: Date): string {
  return `R${toBeijingStamp(now).slice(2)}${String(randomInt(10_000_000_000)).padStart(10, "0")}`;
}
