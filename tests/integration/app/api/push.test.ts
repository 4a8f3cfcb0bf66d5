import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET, POST } from "@/app/api/wechat/push/route";
import { encryptPush, signPush } from "@/lib/wechat/push-crypto";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
const token = "pushtoken";
const encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

beforeAll(async () => {
  it = await aShop();
});
beforeEach(async () => {
  it.shop.environment.wechat.push = { token, encodingAesKey: null };
  await it.sql`TRUNCATE notifications, stray_counts, alarms CASCADE`;
});
afterAll(() => it.close());

const query = (of: Record<string, string> = {}) =>
  new URLSearchParams({
    timestamp: "1",
    nonce: "2",
    signature: signPush([token, "1", "2"]),
    ...of,
  }).toString();
const push = (body: string, search = query()) =>
  POST(new Request(`http://shop.test/api/wechat/push?${search}`, { method: "POST", body }));
const stored = () =>
  it.sql`SELECT kind, verdict, copies, out_trade_no, convert_from(body, 'UTF8') AS body FROM notifications ORDER BY id`;
const event = (fields: string) =>
  `<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1</CreateTime>${fields}</xml>`;

test("the address is proven with echostr, to those who know the token", async () => {
  const ask = (search: string) => GET(new Request(`http://shop.test/api/wechat/push?${search}`));

  const [right, wrong] = [
    await ask(query({ echostr: "hello" })),
    await ask(query({ echostr: "hello", nonce: "3" })),
  ];

  expect([right.status, await right.text()]).toEqual([200, "hello"]);
  expect([wrong.status, await wrong.text()]).toEqual([403, "fail"]);
});

test("an event is stored once, by its MsgId or by who, when and what", async () => {
  const answers = [
    await push(event("<Event>a</Event>")),
    await push(event("<Event>a</Event><Extra>1</Extra>")),
    await push(event("<Event>b</Event><merchant_trade_no>N1</merchant_trade_no>")),
    await push(event("<MsgId>7</MsgId><Event>c</Event>")),
    await push(event("<MsgId>7</MsgId><Event>d</Event>")),
  ];

  for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([200, "success"]);
  expect(await stored()).toMatchObject([
    { kind: "push", verdict: "stored", copies: 1, out_trade_no: null },
    { copies: 0, out_trade_no: "N1" },
    { copies: 1 },
  ]);
});

test("JSON is an event as well", async () => {
  const answer = await push(
    JSON.stringify({ FromUserName: "o1", CreateTime: 1, Event: "trade_manage_remind_shipping" }),
  );

  expect(answer.status).toBe(200);
  expect(await stored()).toHaveLength(1);
});

test("an encrypted event is stored decrypted; a plain one is refused then", async () => {
  it.shop.environment.wechat.push = { token, encodingAesKey };
  const encrypted = encryptPush(event("<Event>a</Event>"), {
    encodingAesKey,
    appId: it.shop.environment.wechat.appId,
  });
  const search = query({ msg_signature: signPush([token, "1", "2", encrypted]) });

  const right = await push(`<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`, search);
  const [row] = await stored();
  const plain = await push(event("<Event>a</Event>"));

  expect([right.status, await right.text()]).toEqual([200, "success"]);
  expect(row?.body).toBe(event("<Event>a</Event>"));
  expect(plain.status).toBe(403);
});

test("a wrong signature is 403, counted, with one alarm", async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => push(event(""), query({ nonce: "3" }))));

  for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([403, "fail"]);
  expect(await it.sql`SELECT kind, count FROM alarms`).toEqual([{ kind: "forged_notification", count: 5 }]);
});

test("more than 64 KB is 413", async () => {
  expect((await push("x".repeat(64 * 1024 + 1))).status).toBe(413);
});

test("without a token there is no such address", async () => {
  it.shop.environment.wechat.push = null;

  expect((await push(event(""))).status).toBe(404);
  expect((await GET(new Request("http://shop.test/api/wechat/push"))).status).toBe(404);
});
