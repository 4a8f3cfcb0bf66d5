import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { newRefundNo } from "@/tests/support/refund-at-sandbox";
import { startSandbox } from "@/tests/support/sandbox";
import { call } from "@/tests/support/sandbox-call";

/** The tables that have grown since, as they were made before there were refunds, with one paid order in them. */
const asItWas = `
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE orders (
  out_trade_no TEXT PRIMARY KEY, app_id TEXT NOT NULL, trade_type TEXT NOT NULL, sign_type TEXT NOT NULL,
  total_fen INTEGER NOT NULL CHECK (total_fen > 0), body TEXT NOT NULL, attach TEXT NOT NULL, openid TEXT,
  notify_url TEXT NOT NULL, request TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER,
  closed_at INTEGER) STRICT;
CREATE TABLE transactions (
  transaction_id TEXT PRIMARY KEY, out_trade_no TEXT NOT NULL REFERENCES orders,
  total_fen INTEGER NOT NULL CHECK (total_fen > 0), coupon_fen INTEGER NOT NULL, openid TEXT NOT NULL,
  bank_type TEXT NOT NULL, paid_at INTEGER NOT NULL) STRICT;
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, label TEXT NOT NULL, out_trade_no TEXT NOT NULL,
  transaction_id TEXT, url TEXT NOT NULL, body TEXT NOT NULL, copies INTEGER NOT NULL DEFAULT 1,
  drops INTEGER NOT NULL DEFAULT 0, most_tries INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'accepted', 'given_up')),
  created_at INTEGER NOT NULL, next_at INTEGER) STRICT;
CREATE TABLE calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, call TEXT NOT NULL, out_trade_no TEXT,
  outcome TEXT NOT NULL, fault TEXT, took_ms INTEGER NOT NULL) STRICT;
CREATE TABLE tokens (
  token TEXT PRIMARY KEY, app_id TEXT NOT NULL, purpose TEXT NOT NULL, issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, forced INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO calls (at, call, out_trade_no, outcome, took_ms) VALUES (1, 'unifiedorder', 'OLD_ORDER', 'OK', 1);
INSERT INTO notifications (kind, label, out_trade_no, transaction_id, url, body, most_tries, status, created_at)
  VALUES ('payment', 'paid', 'OLD_ORDER', '4299000000202601010000000001', 'http://127.0.0.1:9/n', '<xml></xml>', 16,
    'accepted', 1);
`;

test("a ledger from before there were refunds and reports keeps what it has, and can refund it and warn of it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "zhanggui-sandbox-"));
  mkdirSync(join(dataDir, "sandbox"));
  const ledger = new DatabaseSync(join(dataDir, "sandbox", "ledger.sqlite"));
  ledger.exec(asItWas);
  ledger.close();

  let sandbox = await startSandbox({ dataDir });
  await sandbox.stop(); // It has its identity now.
  payAnOldOrder(join(dataDir, "sandbox", "ledger.sqlite"), sandbox.merchant.appId);
  sandbox = await startSandbox({ dataDir });
  const outRefundNo = newRefundNo();
  const request = {
    out_trade_no: "OLD_ORDER",
    out_refund_no: outRefundNo,
    total_fee: "8800",
    refund_fee: "8800",
  };
  const answer = await call(sandbox, "/secapi/pay/refund", request, { withCertificate: true });
  await sandbox.settleRefund({ outRefundNo, status: "SUCCESS", wait: false });
  const order = await sandbox.order("OLD_ORDER");
  const calls = await sandbox.calls({ outTradeNo: "OLD_ORDER" });
  await sandbox.clock({ advanceMs: 72 * 60 * 60_000 });
  const alarms = await sandbox.alarms("OLD_ORDER");
  await sandbox.expireToken();
  await sandbox.stop();
  rmSync(dataDir, { recursive: true, force: true });

  expect(answer.result_code).toBe("SUCCESS");
  expect(order).toMatchObject({ refundedFen: 8800, transactions: [{ totalFen: 8800 }] });
  expect(order.notifications.map((one) => [one.kind, one.outRefundNo])).toEqual([
    ["payment", null],
    ["refund", outRefundNo],
  ]);
  expect(order).toMatchObject({ reports: [], uploads: [] });
  expect(alarms).toMatchObject([{ transactionId: "4299000000202601010000000001" }]);
  expect(calls.map((one) => one.call)).toEqual(["refund", "unifiedorder"]);
});

function payAnOldOrder(file: string, appId: string): void {
  const ledger = new DatabaseSync(file);
  const now = Date.now();
  ledger
    .prepare(
      `INSERT INTO orders (out_trade_no, app_id, trade_type, sign_type, total_fen, body, attach, notify_url, request, created_at)
       VALUES ('OLD_ORDER', ?, 'NATIVE', 'HMAC-SHA256', 8800, 'old', '', 'http://127.0.0.1:9/api/notify', '{}', ?)`,
    )
    .run(appId, now);
  ledger
    .prepare(
      `INSERT INTO transactions (transaction_id, out_trade_no, total_fen, coupon_fen, openid, bank_type, paid_at)
       VALUES ('4299000000202601010000000001', 'OLD_ORDER', 8800, 0, 'o1', 'OTHERS', ?)`,
    )
    .run(now);
  ledger.close();
}
