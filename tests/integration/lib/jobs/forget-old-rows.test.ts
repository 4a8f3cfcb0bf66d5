import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/notify/route";
import { forgetOldRows } from "@/lib/jobs/forget-old-rows";
import { openSession } from "@/lib/members/session";
import { aCaller } from "@/tests/support/a-caller";
import { aShop, paymentNotification, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

test("after ninety days what served its time is gone, and what must be kept is there", async () => {
  const start = it.clock.now;
  const day = 86_400_000;
  const { sku } = await it.aProduct();
  const forged = "<xml><return_code>SUCCESS</return_code><sign>00</sign></xml>";
  await aCaller().order({ items: [{ sku, quantity: 1 }] }, { "idempotency-key": "k" });
  const paid = await it.payableOrder();
  await POST(post(paymentNotification(it.shop.environment.wechat, paid)));
  await POST(
    post(paymentNotification(it.shop.environment.wechat, { outTradeNo: "NOSUCHNUMBER", totalFen: 5 })),
  );
  await POST(post(forged)); // An alarm shows this one.
  await POST(post(forged));
  await openSession(it.shop.db, { memberId: paid.memberId, expiresAt: new Date(start.getTime() + 7 * day) });
  await it.sql`INSERT INTO job_runs (job_id, task, attempt, started_at) VALUES ('1', 'x', 1, ${start.toISOString()})`;
  const count = async () => {
    const [row] = await it.sql`
      SELECT (SELECT count(*)::int FROM idempotency_keys) AS keys, (SELECT count(*)::int FROM member_sessions) AS sessions,
        (SELECT count(*)::int FROM stray_counts) AS strays, (SELECT count(*)::int FROM job_runs) AS runs,
        (SELECT count(*)::int FROM notifications WHERE verdict = 'forged') AS forged,
        (SELECT count(*)::int FROM notifications WHERE verdict <> 'forged') AS told,
        (SELECT count(*)::int FROM receipts) AS receipts, (SELECT count(*)::int FROM transitions) AS moves`;
    return row;
  };

  await forgetOldRows(it.shop);
  const before = await count();
  it.clock.now = new Date(start.getTime() + 25 * 3_600_000);
  await forgetOldRows(it.shop);
  const nextDay = await count();
  it.clock.now = new Date(start.getTime() + 91 * day);
  await forgetOldRows(it.shop);
  const later = await count();

  expect(before).toMatchObject({ keys: 1, sessions: 3, strays: 1, runs: 1, forged: 2, told: 2, receipts: 2 });
  expect(nextDay).toEqual({ ...before, keys: 0 });
  expect(later).toEqual({ ...before, keys: 0, sessions: 2, strays: 0, runs: 0, forged: 1 });
});
