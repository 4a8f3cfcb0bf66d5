import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/notify/route";
import { addLine } from "@/lib/cart/add-line";
import { removeLine } from "@/lib/cart/remove-line";
import { forgetOldRows } from "@/lib/jobs/forget-old-rows";
import { openGuest } from "@/lib/members/open-guest";
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

test("a guest to whom no cookie leads any more is forgotten with the cart, one who left anything else is not", async () => {
  const start = it.clock.now;
  const later = (days: number) => new Date(start.getTime() + days * 86_400_000);
  const { sku } = await it.aProduct();
  const { orderId, memberId: buyer } = await it.payableOrder();
  const aGuest = async () => (await openGuest(it.shop, randomUUID())).buyer.memberId;
  const [stranger, returning, tagged] = [await aGuest(), await aGuest(), await aGuest()];
  for (const memberId of [stranger, returning, tagged, buyer]) {
    await addLine(it.shop, { memberId, sku, quantity: 1, addKey: randomUUID() });
    await it.sql`INSERT INTO addresses (member_id, name, phone, province, city, district, address)
      VALUES (${memberId}, '李雷', '13800138000', '浙江省', '杭州市', '西湖区', '文三路 1 号')`;
    await it.sql`UPDATE members SET created_at = ${start.toISOString()} WHERE id = ${memberId}`;
  }
  await removeLine(it.shop, { memberId: buyer, sku });
  await it.sql`INSERT INTO member_tags (member_id, tag) VALUES (${tagged}, '常客')`;
  await openSession(it.shop.db, { memberId: returning, expiresAt: later(300) });
  const left = async () => {
    const rows =
      await it.sql`SELECT m.id::int, (SELECT count(*)::int FROM cart_lines l WHERE l.member_id = m.id) AS lines,
      (SELECT count(*)::int FROM addresses b WHERE b.member_id = m.id) AS addresses FROM members m
      WHERE m.id = ANY(${[stranger, returning, tagged, buyer]})`;
    return new Map(rows.map(({ id, lines, addresses }) => [id, [lines, addresses]]));
  };

  it.clock.now = later(179);
  await forgetOldRows(it.shop);
  const before = await left();
  it.clock.now = later(181);
  await forgetOldRows(it.shop);

  expect(before.get(stranger)).toEqual([1, 1]);
  expect(before.get(buyer)).toEqual([0, 1]); // What was taken out is gone the next day.
  const after = await left();
  expect(after.has(stranger)).toBe(false);
  expect([after.get(returning), after.get(tagged), after.get(buyer)]).toEqual([
    [1, 1],
    [1, 1],
    [0, 1],
  ]);
  expect(await it.sql`SELECT 1 FROM orders WHERE id = ${orderId}`).toHaveLength(1);
});
