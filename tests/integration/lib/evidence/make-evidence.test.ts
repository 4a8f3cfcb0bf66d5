import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as notify } from "@/app/api/notify/route";
import { shipOrder } from "@/lib/deliveries/ship-order";
import { makeEvidence } from "@/lib/evidence/make-evidence";
import type { Locale } from "@/lib/http/locale";
import { addNote } from "@/lib/notes/add-note";
import { createOrder } from "@/lib/orders/create-order";
import { recordCall } from "@/lib/payments/record-call";
import type { Person } from "@/lib/staff/person";
import { aPerson } from "../../../support/a-running-clock";
import {
  aPayment,
  aRecipient,
  aShop,
  aTransactionId,
  paymentNotification,
  post,
} from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let clerk: Person;
beforeAll(async () => {
  it = await aShop();
  clerk = await aPerson(it.shop, "support");
});
afterAll(() => it.close());

const formula = '=HYPERLINK("http://evil.test","李雷")';
const events = { title: ({ kind }: { kind: string }) => `title of ${kind}`, who: () => "somebody" };

async function aPaidOrder() {
  const { sku } = await it.aProduct({ kind: "physical", priceFen: 8800 });
  const request = { items: [{ sku, quantity: 1 }], recipient: { ...aRecipient, name: formula }, note: "+1" };
  const { orderId } = await createOrder(it.shop, { buyer: null, request, idempotencyKey: null });
  const [row] = await it.sql`SELECT order_no, total_fen::int AS fen FROM orders WHERE id = ${orderId}`;
  const order = { orderId, orderNo: String(row?.order_no), totalFen: Number(row?.fen) };
  const transactionId = aTransactionId();
  const outTradeNo = await aPayment(it.shop, order);
  const { wechat } = it.shop.environment;
  const paid = { outTradeNo, totalFen: order.totalFen, transactionId };
  await notify(post(paymentNotification(wechat, paid)));
  return { ...order, outTradeNo, transactionId };
}

async function fileOf(orderNo: string, { isRevealed = false, locale = "en" as Locale } = {}) {
  const by = { ...clerk, name: "Han" };
  const { bytes, fileName } = await makeEvidence(it.shop, { orderNo, by, locale, isRevealed, events });
  const files = Object.entries(unzipSync(bytes)).map(([path, content]) => ({
    path: path.replace(`evidence-${orderNo}/`, ""),
    content,
    text: strFromU8(content),
  }));
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? expect.fail(path);
  return { bytes, fileName, files, textOf, all: files.map(({ text }) => text).join("\n") };
}

const entriesOf = ({ orderId }: { orderId: number }) =>
  it.sql`SELECT action, staff_id::int AS staff, after FROM audit_entries WHERE order_id = ${orderId}
    AND action IN ('order.evidence', 'order.reveal') ORDER BY id`;

test("every file's hash is in the index and in the sums, and the ZIP's own in the audit entry", async () => {
  const order = await aPaidOrder();

  const { bytes, fileName, files, textOf } = await fileOf(order.orderNo);

  const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
  const sums = files
    .filter(({ path }) => path !== "SHA256SUMS.txt")
    .map(({ path, content }) => `${sha256(content)}  ${path}`);
  expect(textOf("SHA256SUMS.txt").trim().split("\n").sort()).toEqual(sums.sort());
  for (const { path, content } of files.filter(({ path }) => !/^(index|SHA256)/.test(path))) {
    expect(textOf("index.html")).toContain(`href="${path}"`);
    expect(textOf("index.html")).toContain(sha256(content));
  }
  expect(textOf("index.html")).toContain(`Han (#${clerk.staffId})`);
  expect(fileName).toBe(`evidence-${order.orderNo}.zip`);
  expect([...(await entriesOf(order))]).toEqual([
    { action: "order.evidence", staff: clerk.staffId, after: { sha256: sha256(bytes), isRevealed: false } },
  ]);
});

test("holds money, notification with its verdict and headers, parcel, calls and the time line, in words and in codes", async () => {
  const order = await aPaidOrder();
  const parcel = { kind: "express", trackingNo: "YT8812345678901", lines: "rest" as const };
  await shipOrder(it.shop, { orderNo: order.orderNo, parcel, by: clerk });
  const [payment] = await it.sql`SELECT id::int FROM payments WHERE order_id = ${order.orderId}`;
  await recordCall(
    it.shop,
    { payment: { id: payment?.id, orderId: order.orderId }, call: "orderquery" },
    async () => "SUCCESS",
    (state) => state,
  );

  const { files, textOf } = await fileOf(order.orderNo, { locale: "zh-CN" });

  expect(textOf("receipts.csv")).toContain(`\t${order.transactionId}`); // A tab keeps its digits in a spreadsheet.
  expect(textOf("receipts.csv")).toContain("98.00,CNY,settling");
  expect(textOf("deliveries.csv")).toContain("圆通速递,YT8812345678901");
  expect(textOf("calls.csv")).toContain(`orderquery,${order.outTradeNo},SUCCESS`);
  expect(textOf("notifications.csv")).toContain("签名正确,SUCCESS");
  const raw = files.find(({ path }) => path.startsWith("notifications/"))?.text ?? "";
  expect(raw).toContain("content-type: text/xml");
  expect(raw).toContain("签名正确");
  expect(raw).toContain(`<transaction_id><![CDATA[${order.transactionId}]]></transaction_id>`);
  expect(textOf("timeline.html")).toContain("title of receipt");
  const json = JSON.parse(textOf("evidence.json"));
  expect(json.order).toMatchObject({ orderNo: order.orderNo, status: "shipped", totalFen: 9800 });
  expect(json.newestOnly).toEqual([]);
  expect(json.events.map(({ kind }: { kind: string }) => kind)).toContain("notification");
});

test("has no secret, openid or note in it, and the recipient only when asked for, which is kept", async () => {
  const order = await aPaidOrder();
  await addNote(it.shop, { orderNo: order.orderNo, text: "此人常退货", by: clerk });

  const masked = await fileOf(order.orderNo);
  const revealed = await fileOf(order.orderNo, { isRevealed: true });

  for (const { all } of [masked, revealed]) {
    expect(all).toContain("<sign><![CDATA[＊＊＊＊]]></sign>");
    expect(all).not.toMatch(/[0-9A-F]{64}|oUpF8uMuAJO_M2pxb1Q9zNjWeS6o|此人常退货/);
    expect(all).not.toContain(it.shop.environment.wechat.apiKey);
  }
  expect(masked.all).not.toContain(aRecipient.address);
  expect(masked.all).not.toContain(aRecipient.phone);
  expect(revealed.textOf("order.csv")).toContain(aRecipient.address);
  expect((await entriesOf(order)).map(({ action }) => action)).toEqual([
    "order.evidence",
    "order.reveal",
    "order.evidence",
  ]);
});

test("a formula in a buyer's name is text in the tables, and no element in the pages", async () => {
  const { sku } = await it.aProduct({ kind: "physical" });
  const name = "<img src=x onerror=alert(1)>";
  const request = { items: [{ sku, quantity: 1 }], recipient: { ...aRecipient, name } };
  const markup = await createOrder(it.shop, { buyer: null, request, idempotencyKey: null });
  const [row] = await it.sql`SELECT order_no FROM orders WHERE id = ${markup.orderId}`;
  const { orderNo } = await aPaidOrder();

  const withFormula = await fileOf(orderNo, { isRevealed: true });
  const withMarkup = await fileOf(String(row?.order_no), { isRevealed: true });

  expect(withFormula.textOf("order.csv")).toContain(`"'=HYPERLINK(""http`);
  expect(withFormula.textOf("order.csv")).toContain("'+1"); // The buyer's own words.
  expect(withMarkup.textOf("index.html")).toContain("&lt;img src=x");
  expect(withMarkup.textOf("index.html")).not.toContain("<img");
});

test("what is too much for one file says so, and an order that is none has none", async () => {
  const order = await aPaidOrder();
  await it.sql`INSERT INTO wechat_calls (order_id, call, outcome, started_at, took_ms)
    SELECT ${order.orderId}, 'orderquery', 'NOTPAY', now(), 1 FROM generate_series(1, 301)`;

  const { textOf } = await fileOf(order.orderNo);

  expect(textOf("index.html")).toContain("only the newest 300 are here: calls to WeChat");
  await expect(fileOf("26000000000000000000")).rejects.toMatchObject({ code: "not_found" });
});
