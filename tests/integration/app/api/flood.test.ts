import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/notify/route";
import { aShop, paymentNotification, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop({ poolSize: 5 });
});
afterAll(() => it.close());

const forged = "<xml><return_code>SUCCESS</return_code><sign>00</sign></xml>";
const flood = (count: number) => Promise.all(Array.from({ length: count }, () => POST(post(forged))));

test("while strangers wait for each other, WeChat's own notification finds a connection", async () => {
  const order = await it.payableOrder();
  await flood(1);
  let answer = "";
  let tookMs = 0;
  let flooding: Promise<Response[]> = Promise.resolve([]);

  await it.sql.begin(async (tx) => {
    await tx`SELECT 1 FROM stray_counts FOR UPDATE`;
    flooding = flood(100);
    await sleep(200);
    const start = performance.now();
    answer = await (await POST(post(paymentNotification(it.shop.environment.wechat, order)))).text();
    tookMs = performance.now() - start;
  });

  expect(answer).toContain("SUCCESS");
  expect(tookMs).toBeLessThan(2500);
  for (const response of await flooding) expect(await response.text()).toContain("FAIL");
}, 20_000);

test("more strangers than can be remembered are all refused, and none is kept waiting", async () => {
  const start = performance.now();
  const responses = await flood(1500);
  const tookMs = performance.now() - start;

  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect(tookMs / responses.length).toBeLessThan(20);
  const [kept] = await it.sql`SELECT count(*)::int AS rows FROM notifications WHERE verdict = 'forged'`;
  expect(kept?.rows).toBe(100);
}, 60_000);
