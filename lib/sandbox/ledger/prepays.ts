import { randomBytes } from "node:crypto";
import { first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";
import { toBeijingStamp } from "@/lib/wechat/beijing-time";

/** One answer to unifiedorder: what a buyer can pay with, for a while. */
export type Prepay = { prepayId: string; outTradeNo: string; code: string; createdAt: number };

export const prepayLifeMs = 2 * 60 * 60_000; // prepay_id and code_url.
export const mwebLifeMs = 5 * 60_000; // mweb_url.
const keptPerOrder = 20; // A shop that repeats its request for ever must not fill the ledger.

export function insertPrepay(ledger: Ledger, input: { outTradeNo: string; now: number }): Prepay {
  const prepay = {
    prepayId: `wx${toBeijingStamp(new Date(input.now))}${randomBytes(10).toString("hex")}`,
    outTradeNo: input.outTradeNo,
    code: randomBytes(6).toString("base64url"),
    createdAt: input.now,
  };
  run(
    ledger,
    "INSERT INTO prepays (prepay_id, out_trade_no, code, created_at) VALUES (?, ?, ?, ?)",
    prepay.prepayId,
    prepay.outTradeNo,
    prepay.code,
    prepay.createdAt,
  );
  run(
    ledger,
    `DELETE FROM prepays WHERE out_trade_no = ?1 AND rowid NOT IN
       (SELECT rowid FROM prepays WHERE out_trade_no = ?1 ORDER BY rowid DESC LIMIT ?2)`,
    prepay.outTradeNo,
    keptPerOrder,
  );
  return prepay;
}

export function findPrepay(ledger: Ledger, prepayId: string): Prepay | undefined {
  return first<Prepay>(ledger, `${select} WHERE prepay_id = ?`, prepayId);
}

/** By the `pr` of a code_url. */
export function findPrepayByCode(ledger: Ledger, code: string): Prepay | undefined {
  return first<Prepay>(ledger, `${select} WHERE code = ?`, code);
}

export function latestPrepay(ledger: Ledger, outTradeNo: string): Prepay | undefined {
  return first<Prepay>(ledger, `${select} WHERE out_trade_no = ? ORDER BY rowid DESC LIMIT 1`, outTradeNo);
}

const select =
  "SELECT prepay_id AS prepayId, out_trade_no AS outTradeNo, code, created_at AS createdAt FROM prepays";
