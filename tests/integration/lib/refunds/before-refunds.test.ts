import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateDatabase } from "@/lib/db/migrate";
import { encryptReqInfo } from "@/lib/wechat/req-info";
import { writeXml } from "@/lib/wechat/xml";
import { aShop, aTransactionId } from "@/tests/support/a-shop";
import { runDueJobs } from "@/tests/support/run-due-jobs";

let it: Awaited<ReturnType<typeof aShop>>;
let folder: string;
beforeAll(async () => {
  it = await aShop();
  folder = await mkdtemp(path.join(tmpdir(), "zhanggui-migrations-"));
});
afterAll(async () => {
  await it.close();
  await rm(folder, { recursive: true });
});

/** The database as it was before the table of refunds, and nothing in it. */
async function asBefore() {
  await it.sql.unsafe("DROP SCHEMA public, drizzle, graphile_worker CASCADE; CREATE SCHEMA public");
  await cp("drizzle", folder, { recursive: true });
  const journal = path.join(folder, "meta/_journal.json");
  const { entries, ...rest } = JSON.parse(await readFile(journal, "utf8"));
  await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 3) }));
  await migrate(it.shop.db, { migrationsFolder: folder });
}

/** A paid order, the surplus that came in beside it, and the result of a refund that was made in the portal. */
async function whatCameIn() {
  const { wechat } = it.shop.environment;
  const at = it.clock.now.toISOString();
  await it.sql`INSERT INTO members DEFAULT VALUES`;
  await it.sql`INSERT INTO orders (order_no, member_id, kind, status, goods_fen, freight_fen, total_fen, expires_at, paid_at)
    VALUES ('O1', 1, 'virtual', 'paid', 800, 0, 800, ${at}, ${at})`;
  const payment = (outTradeNo: string, transactionId: string) =>
    it.sql`INSERT INTO payments (order_id, out_trade_no, trade_type, status, appid, mch_id, sign_type, total_fen, request, transaction_id, paid_at)
      VALUES (1, ${outTradeNo}, 'NATIVE', 'paid', ${wechat.appId}, ${wechat.mchId}, ${wechat.signType}, 800, '{}', ${transactionId}, ${at})`;
  const receipt = (outTradeNo: string, transactionId: string, id: number, verdict: string) =>
    it.sql`INSERT INTO receipts (transaction_id, out_trade_no, order_id, payment_id, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
      VALUES (${transactionId}, ${outTradeNo}, 1, ${id}, ${wechat.appId}, ${wechat.mchId}, 800, 'CNY', ${verdict}, 'notification', ${at})`;
  const [settling, surplus] = [aTransactionId(), aTransactionId()];
  await payment("O1P1", settling);
  await payment("O1P2", surplus);
  await receipt("O1P1", settling, 1, "settling");
  await receipt("O1P2", surplus, 2, "surplus");
  const inner = {
    transaction_id: settling,
    out_trade_no: "O1P1",
    refund_id: "50390000000001",
    out_refund_no: "1019900000001",
    total_fee: "800",
    refund_fee: "300",
    refund_status: "SUCCESS",
    success_time: "2026-04-01 10:01:30",
    refund_recv_accout: "支付用户零钱",
    refund_request_source: "VENDOR_PLATFORM",
  };
  const req_info = encryptReqInfo(writeXml(inner, { root: "root" }), { apiKey: wechat.apiKey });
  const body = writeXml({
    return_code: "SUCCESS",
    appid: wechat.appId,
    mch_id: wechat.mchId,
    nonce_str: "n",
    req_info,
  });
  await it.sql`INSERT INTO notifications (kind, verdict, dedupe_key, order_id, out_trade_no, transaction_id, answer, headers, body)
    VALUES ('refund', 'stored', 'a key of that time', 1, 'O1P1', ${settling}, 'SUCCESS', '{}', ${Buffer.from(body)})`;
}

test("what came in before refunds were known follows once they are: surplus goes back, results are applied", async () => {
  await asBefore();
  await whatCameIn();

  await migrateDatabase(it.shop.environment.databaseUrl);
  await runDueJobs(it.shop);

  const refunds =
    await it.sql`SELECT source, status, refund_fen::int AS fen, reason FROM refunds ORDER BY receipt_id`;
  expect(refunds).toEqual([
    { source: "portal", status: "succeeded", fen: 300, reason: "portal" },
    { source: "shop", status: "approved", fen: 800, reason: "surplus" },
  ]);
  expect(await it.sql`SELECT verdict, answer FROM notifications`).toEqual([
    { verdict: "portal", answer: "SUCCESS" },
  ]);
  const left =
    await it.sql`SELECT task_identifier AS task FROM graphile_worker.jobs WHERE task_identifier = 'apply_refund_notification'`;
  expect(left).toEqual([]);
});
