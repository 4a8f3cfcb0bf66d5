import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as alarm from "@/app/api/alarm/route";
import * as refund from "@/app/api/notify/refund/route";
import * as notify from "@/app/api/notify/route";
import { aShop, paymentNotification } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
beforeEach(() => it.sql`TRUNCATE notifications, stray_counts, alarms CASCADE`);
afterAll(() => it.close());

const fail = (status: number) => ({
  status,
  text: /^<xml><return_code><!\[CDATA\[FAIL\]\]><\/return_code><return_msg>/,
});
const callbacks = [
  { address: "/api/notify", route: notify, refusal: fail },
  { address: "/api/notify/refund", route: refund, refusal: fail },
  { address: "/api/alarm", route: alarm, refusal: (status: number) => ({ status, text: /^fail$/ }) },
];

function send(
  { address, route }: (typeof callbacks)[number],
  body: string | Uint8Array | null,
  headers: Record<string, string> = {},
) {
  return route.POST(
    new Request(`http://shop.test${address}`, { method: "POST", body: body as BodyInit | null, headers }),
  );
}

const flat = (fields: string) => `<xml>${fields}</xml>`;
const unreadable: [what: string, body: string | Uint8Array][] = [
  ["nothing", ""],
  ["white space", " \r\n"],
  ["JSON", '{"return_code":"SUCCESS"}'],
  ["a form", "return_code=SUCCESS&sign=0"],
  ["HTML", "<!DOCTYPE html><html><body>hello</body></html>"],
  ["a DOCTYPE", `<!DOCTYPE xml [<!ENTITY a "b">]>${flat("<a>&a;</a>")}`],
  ["an external entity", `<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x">${flat("<a>1</a>")}`],
  ["nested elements", flat("<a><b>1</b></a>")],
  ["a name twice", flat("<sign>1</sign><sign>2</sign>")],
  ["GBK", Buffer.concat([Buffer.from("<xml><a>"), Buffer.from([0xb5, 0xea]), Buffer.from("</a></xml>")])],
  ["GBK as declared", `<?xml version="1.0" encoding="GBK"?>${flat("<a>1</a>")}`],
  ["half a message", "<xml><return_code>SUCC"],
  ["two messages", flat("<a>1</a>") + flat("<a>1</a>")],
  ["another root", "<root><a>1</a></root>"],
  ["a NUL", flat("<a>\u0000</a>")],
];

describe.each(callbacks)("$address", (callback) => {
  test.each(["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"] as const)(
    "%s is answered 405 and names POST",
    async (method) => {
      const response = callback.route[method]();

      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("POST");
      expect(await response.text()).toBe("");
    },
  );

  test.each(unreadable)("%s is answered 400 in the shape WeChat knows", async (_what, body) => {
    const { status, text } = callback.refusal(400);

    const response = await send(callback, body);

    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(text);
    expect(response.headers.get("content-type")).toMatch(
      callback.address === "/api/alarm" ? "text/plain" : "text/xml; charset=utf-8",
    );
    const [kept] = await it.sql`SELECT verdict, copies FROM notifications`;
    expect(kept).toEqual({ verdict: "malformed", copies: 0 });
  });

  test("64 KB are read, one byte more is answered 413", async () => {
    const most = 64 * 1024;
    const padded = (size: number) => flat(" ".repeat(size - flat("").length));

    const [read, tooLarge] = [await send(callback, padded(most)), await send(callback, padded(most + 1))];

    expect(read.status).not.toBe(413);
    expect(tooLarge.status).toBe(413);
    expect(await tooLarge.text()).toMatch(callback.refusal(413).text);
  });

  test("a body without an end is read to 64 KB and no further", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(16 * 1024).fill(0x20));
      },
    });
    const request = new Request(`http://shop.test${callback.address}`, {
      method: "POST",
      body: endless,
      duplex: "half",
    } as RequestInit);

    const response = await callback.route.POST(request);

    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  test("no body at all is answered 400", async () => {
    expect((await send(callback, null)).status).toBe(400);
  });

  test("what is kept of a stranger's message is 4 KB, and a hundred an hour", async () => {
    const reason = "x".repeat(8000);
    const body = flat(
      `<return_code>FAIL</return_code><return_msg>${reason}</return_msg><padding>${reason}</padding>`,
    );

    for (let n = 0; n < 120; n++) await send(callback, body);

    const [kept] = await it.sql`
      SELECT count(*)::int AS rows, max(octet_length(body))::int AS body, max(octet_length(n::text))::int AS row_size FROM notifications n`;
    expect(kept?.rows).toBe(100);
    expect(kept?.body).toBe(4096);
    expect(kept?.row_size).toBeLessThan(2 * 4096 + 1500); // The body in hexadecimal, and little else.
    const [counted] = await it.sql`SELECT sum(count)::int AS count FROM stray_counts`;
    expect(counted?.count).toBe(120);

    it.clock.now = new Date(it.clock.now.getTime() + 3_600_000);
    await send(callback, body);

    expect(await it.sql`SELECT 1 FROM notifications`).toHaveLength(101);
  });

  test("many forgeries at once raise one alarm", async () => {
    const forged = flat(
      "<return_code>SUCCESS</return_code><appid>wx1</appid><AppId>wx1</AppId><sign>00</sign><AppSignature>00</AppSignature><req_info>AAAA</req_info>",
    );

    const answers = await Promise.all(Array.from({ length: 60 }, () => send(callback, forged)));

    const { text } = callback.refusal(200);
    for (const answer of answers) {
      expect(answer.status).toBe(callback.address === "/api/alarm" ? 400 : 200);
      expect(await answer.text()).toMatch(text);
    }
    expect(await it.sql`SELECT kind, status, count FROM alarms`).toEqual([
      { kind: "forged_notification", status: "open", count: 60 },
    ]);
    expect(await it.sql`SELECT verdict FROM notifications WHERE verdict = 'forged'`).toHaveLength(60);
  });

  test("a reason that ends in the middle of a character is still an answer", async () => {
    for (const before of [118, 119, 120]) {
      const reason = `${"x".repeat(before)}😀😀`;
      const response = await send(
        callback,
        flat(`<return_code>FAIL</return_code><return_msg>${reason}</return_msg><AppId>1</AppId>`),
      );

      expect(await response.text()).toMatch(callback.refusal(200).text);
    }
  });
});

describe("/api/notify", () => {
  const wechat = () => it.shop.environment.wechat;
  const [callback] = callbacks;
  if (!callback) throw new Error("there is no callback");

  test.each(["text/xml", "application/json", "application/x-www-form-urlencoded", "multipart/form-data", ""])(
    "the content type %j changes nothing",
    async (contentType) => {
      const order = await it.payableOrder();
      const bytes = Buffer.from(paymentNotification(wechat(), order)); // Bytes: a string would bring a type of its own.

      const response = await send(callback, bytes, contentType ? { "content-type": contentType } : {});

      expect(await response.text()).toContain("SUCCESS");
    },
  );

  test("the query string is no part of the message", async () => {
    const order = await it.payableOrder();
    const body = paymentNotification(wechat(), order);
    const address = "http://shop.test/api/notify?total_fee=1&out_trade_no=other&sign=0&return_code=FAIL";

    const response = await notify.POST(new Request(address, { method: "POST", body }));

    expect(await response.text()).toContain("SUCCESS");
  });

  test("cookies and an Authorization header change nothing", async () => {
    const order = await it.payableOrder();
    const headers = { cookie: "zg_member=x; zg_locale=en", authorization: "Bearer nonsense" };

    const response = await send(callback, paymentNotification(wechat(), order), headers);

    expect(await response.text()).toContain("SUCCESS");
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  test("a BOM before the message is no part of it", async () => {
    const order = await it.payableOrder();

    const response = await send(callback, `\ufeff${paymentNotification(wechat(), order)}`);

    expect(await response.text()).toContain("SUCCESS");
  });

  test("the body is kept byte for byte, with what was told of its sender", async () => {
    const order = await it.payableOrder();
    const body = Buffer.from(
      `\ufeff<?xml version="1.0"?>\r\n<!-- 发 -->${paymentNotification(wechat(), order)}\r\n`,
    );

    await send(callback, body, { "content-type": "text/xml", "user-agent": "Mozilla/4.0", "x-secret": "no" });

    const [row] = await it.sql`SELECT body, headers FROM notifications WHERE order_id = ${order.orderId}`;
    expect(Buffer.from(row?.body).equals(body)).toBe(true);
    expect(row?.headers).toEqual({ "content-type": "text/xml", "user-agent": "Mozilla/4.0" });
  });

  test("one changed byte is a forgery, and the order stays as it was", async () => {
    const order = await it.payableOrder();
    const body = paymentNotification(wechat(), order).replace(
      "<bank_type><![CDATA[OTHERS]]>",
      "<bank_type><![CDATA[OTHERZ]]>",
    );

    const response = await send(callback, body);

    expect(response.status).toBe(200);
    expect(await response.text()).toContain("the signature does not verify");
    const [row] = await it.sql`SELECT status FROM orders WHERE id = ${order.orderId}`;
    expect(row?.status).toBe("pending");
  });

  test("another merchant's key is a forgery", async () => {
    const order = await it.payableOrder();

    const response = await send(
      callback,
      paymentNotification(wechat(), { ...order, apiKey: "x".repeat(32) }),
    );

    expect(await response.text()).toContain("FAIL");
    expect(await it.sql`SELECT verdict, order_id FROM notifications`).toEqual([
      { verdict: "forged", order_id: null },
    ]);
  });

  test("fields that nobody knows are signed like all others", async () => {
    const order = await it.payableOrder();
    const fields = { coupon_id_0: "10000", sub_mch_id: "7", __future: "  spaces  ", constructor: "x" };

    expect(
      await (await send(callback, paymentNotification(wechat(), { ...order, fields }))).text(),
    ).toContain("SUCCESS");
  });

  test.each([
    ["total_fee", ""],
    ["total_fee", "88.00"],
    ["total_fee", "-8800"],
    ["total_fee", "0"],
    ["total_fee", "8.8e3"],
    ["total_fee", "99999999999"],
    ["transaction_id", ""],
    ["transaction_id", "42' OR 1=1"],
    ["out_trade_no", ""],
    ["out_trade_no", "x".repeat(33)],
    ["result_code", "MAYBE"],
    ["appid", ""],
    ["mch_id", ""],
  ])("signed, but with %s %j: refused with a reason, nothing settled", async (name, value) => {
    const order = await it.payableOrder();

    const response = await send(
      callback,
      paymentNotification(wechat(), { ...order, fields: { [name]: value } }),
    );

    expect(response.status).toBe(200);
    expect(await response.text()).toContain(name);
    const [row] = await it.sql`
      SELECT o.status, (SELECT count(*)::int FROM receipts WHERE order_id = o.id) AS receipts FROM orders o WHERE id = ${order.orderId}`;
    expect(row).toEqual({ status: "pending", receipts: 0 });
  });
});
