import { afterAll, beforeAll, expect, test } from "vitest";
import { aDeliveringMerchant } from "@/tests/support/delivery-at-sandbox";
import { startReceiver } from "@/tests/support/notify-receiver";
import { runSandboxCommand } from "@/tests/support/run-sandbox-command";
import type { LedgerReport } from "@/tests/support/sandbox";
import { readFields } from "@/tests/support/sandbox-call";

let it: Awaited<ReturnType<typeof aDeliveringMerchant>>;
beforeAll(async () => {
  it = await aDeliveringMerchant();
});
afterAll(() => it.stop());

const run = (...words: string[]) => runSandboxCommand(it.sandbox, words);

test("what the shop reported and uploaded can be read, one line each", async () => {
  const order = await it.aPaidOrder();
  const mini = await it.aPaidOrder({ app: "mini" });
  const body = JSON.stringify(it.aReport(order, { deliver_status: "0", deliver_msg: "该商品已退款" }));
  for (let nth = 0; nth < 2; nth += 1) await it.report(body);
  await it.upload(it.anUpload(mini));

  const reports = run("reports", order.outTradeNo);
  const listed = JSON.parse(run("reports", "--json").out) as { reports: LedgerReport[] };
  const uploads = run("uploads");
  const shown = [run("show", order.outTradeNo).out, run("show", mini.outTradeNo).out];

  expect(reports.out).toContain("0 not delivered: 该商品已退款 (2×)");
  expect(listed.reports).toMatchObject([{ transactionId: order.transactionId, status: 0, copies: 2 }]);
  expect(uploads.out).toContain("express, unified, all delivered: ZTO ZT1 红富士苹果*1");
  expect(shown[0]).toContain("该商品已退款");
  expect(shown[1]).toContain("ZTO ZT1");
  expect(run("reports", "NOBODY").out).toBe("no reports\n");
  expect(run("uploads", order.outTradeNo).out).toBe("no uploads\n");
});

test("a token runs out, a buyer confirms, and a payment is known late", async () => {
  const order = await it.aPaidOrder({ app: "mini" });
  const token = await it.token("mini");

  const expired = run("expire-token", "--mini");
  const errcodes = [(await it.upload(it.anUpload(order), token)).errcode];
  const late = run("shipping-settings", "--known-after", "1h");
  errcodes.push((await it.upload(it.anUpload(order))).errcode as number);
  const soon = run("shipping-settings", "--known-after", "0s");
  const confirmed = run("confirm-receipt", order.outTradeNo);
  errcodes.push((await it.upload(it.anUpload(order))).errcode as number);

  expect(errcodes).toEqual([42001, 10060001, 10060004]);
  expect(expired.out).toContain(`of ${it.sandbox.merchant.miniAppId} expired`);
  expect(late.out).toContain("known 3600 s after");
  expect(soon.out).toContain("known 0 s after");
  expect(confirmed.out).toContain(`${order.transactionId}: order_state 3`);
  expect(run("confirm-receipt", order.outTradeNo, "--completed").out).toContain("order_state 4");
});

test("an alarm says what it is told to, as often and as wrongly", async () => {
  const site = await startReceiver();
  const { outTradeNo } = await it.aPaidOrder({ notifyUrl: site.url });

  // spawnSync stops this process, and with it the receiver: only late alarms can be answered.
  const odd = ["--type", "7", "--description", "怪事", "--naming", "text", "--time", "1393860740", "--twice"];
  const sent = run("alarm", outTradeNo, ...odd, "--late", "1s");
  const forged = run("alarm", "--forged", "--content", "别人的", "--url", "http://127.0.0.1:9/nobody");
  await site.waitFor(3);
  await site.stop();

  expect(sent.out).toContain(`${outTradeNo}, to ${site.url.replace("/notify", "/alarm")}`);
  expect(site.received.slice(1).map((one) => readFields(one.body))).toMatchObject(
    Array.from({ length: 2 }, () => ({ ErrorType: "7", Description: "怪事", TimeStamp: "1393860740" })),
  );
  expect(forged.out).toMatch(
    /about no order, to http:\/\/127\.0\.0\.1:9\/nobody\n.*claim=forged.*given_up\n.*unreachable/,
  );
  expect(run("alarms", outTradeNo).out).toContain("alarm 7 lateMs=1000 copies=2");
  expect(run("alarms").out).toContain("about no order");
});

test("when alarms come by themselves is set, and said", () => {
  const set = run("alarm-settings", "--after", "24h", "--url", "http://127.0.0.1:9/alarms");
  const never = run("alarm-settings", "--never", "--url", "-");

  expect(set.out).toContain("24 h after paying without a report, told at http://127.0.0.1:9/alarms");
  expect(never.out).toContain("never by themselves, told at the order's site");
  expect(run("state").out).toContain("alarms: never by themselves");
  expect(run("fault", "delivernotify", "error", "--code", "48001").out).toContain("armed as fault");
});

const wrong: [string[], RegExp][] = [
  [["alarm", "NONE"], /ledger has no NONE/],
  [["alarm", "--forged", "--unsigned"], /choose one of --forged, --unsigned/],
  [["alarm", "--naming", "guess"], /--naming is transaction_id, out_trade_no, text/],
  [["alarm", "--type", "late"], /errorType: /],
  [["alarm-settings", "--url", "ftp://x"], /url: /],
  [["alarm-settings", "--after", "soon"], /--after is a time/],
  [["alarm-settings", "--after", "1h", "--never"], /choose one of --after, --never/],
  [["confirm-receipt", "NONE"], /nothing was paid for NONE/],
  [["fault", "delivernotify", "forged-answer"], /delivernotify can be: timeout/],
];
test.each(wrong)("%j is one clear line and exit 1", (words, line) => {
  const ended = run(...words);

  expect(ended.code).toBe(1);
  expect(ended.error).toMatch(line);
  expect(ended.error.split("\n")).toHaveLength(1);
});
