import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as notify } from "@/app/api/notify/route";
import { acknowledgeAlarm } from "@/lib/alarms/acknowledge-alarm";
import { draftBatch } from "@/lib/batches/draft-batch";
import { addLine } from "@/lib/cart/add-line";
import { eraseMember } from "@/lib/members/erase-member";
import { exportMember } from "@/lib/members/export-member";
import { findMember } from "@/lib/members/find-member";
import { listMembers } from "@/lib/members/list-members";
import { allMembers } from "@/lib/members/member-filter";
import { scrubErased } from "@/lib/members/scrub-erased";
import { tagMember } from "@/lib/members/tag-member";
import { addNote } from "@/lib/notes/add-note";
import { receivePush } from "@/lib/notifications/receive-push";
import { closeOrder } from "@/lib/orders/close-order";
import { createOrder } from "@/lib/orders/create-order";
import { storePicture } from "@/lib/pictures/store-picture";
import { approveRefund } from "@/lib/refunds/approve-refund";
import type { Shop } from "@/lib/shop";
import { aCaller } from "@/tests/support/a-caller";
import { aPhotograph } from "@/tests/support/a-picture";
import { aReportingShop, type ReportingShop } from "@/tests/support/a-reporting-shop";
import { aTransactionId, paymentNotification, post } from "@/tests/support/a-shop";
import { anAlarm, sayAlarm } from "@/tests/support/an-alarm";

let it: ReportingShop;
beforeAll(async () => {
  it = await aReportingShop();
});
afterAll(() => it.close());

const person = { name: "欧阳慕白", phone: "13955551234", address: "梧桐巷 9 号「白楼」3 幢" };
const recipient = { ...person, province: "浙江省", city: "杭州市", district: "西湖区" };
const words = "茶叶受潮，请致电欧阳慕白";
const savedPhone = "13844443333"; // Stands in the address book, and on no order.

const erase = (memberId: number, confirmation = String(memberId)) =>
  eraseMember(it.shop, { memberId, confirmation, by: it.boss });

/** Where any of these texts stands: "table.column" of every text, JSON and byte column there is. */
async function whereStands({ sql }: Pick<Shop, "sql">, texts: string[]): Promise<string[]> {
  const columns = await sql<{ schema: string; table: string; column: string; isBytes: boolean }[]>`
    SELECT c.table_schema AS schema, c.table_name AS table, c.column_name AS column, c.data_type = 'bytea' AS "isBytes"
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
      AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')`;
  expect(columns.length).toBeGreaterThan(150);
  const found = await Promise.all(
    columns.map(async ({ schema, table, column, isBytes }) => {
      const held = isBytes ? sql`${sql(column)}` : sql`convert_to(${sql(column)}::text, 'UTF8')`;
      const [hit] = await sql`SELECT 1 FROM ${sql(schema)}.${sql(table)}, unnest(${texts}::text[]) AS wanted
        WHERE position(convert_to(wanted, 'UTF8') IN ${held}) > 0 LIMIT 1`;
      return hit ? [`${table}.${column}`] : [];
    }),
  );
  return found.flat().sort();
}

/** A guest who orders, signs in, pays inside WeChat, is sent a parcel, complains with a picture, and is written about. */
async function aFullLife() {
  const buyer = aCaller({ address: "203.0.113.77" });
  const { sku } = await it.aProduct({ kind: "physical", priceFen: 8800 });
  const { body } = await buyer.order({
    items: [{ sku, quantity: 1 }],
    recipient,
    note: "放门卫，找欧阳慕白",
  });
  const orderNo = String(body.orderNo);
  const [order] =
    await it.sql`SELECT id::int, member_id::int AS "memberId" FROM orders WHERE order_no = ${orderNo}`;
  const [orderId, memberId] = [Number(order?.id), Number(order?.memberId)];
  const openid = await it.signIn(buyer, { guestId: memberId, buyer: "lin" });
  await buyer.pay(orderNo, "MWEB");
  await buyer.pay(orderNo, "JSAPI");
  const [payment] =
    await it.sql`SELECT out_trade_no FROM payments WHERE order_id = ${orderId} ORDER BY id DESC LIMIT 1`;
  const outTradeNo = String(payment?.out_trade_no);
  const { transactionIds, notificationIds } = await it.sandbox.pay({ outTradeNo });
  const [message = 0] = notificationIds;
  const transactionId = transactionIds[0] ?? "";

  const cells = new TextEncoder().encode(`${orderNo},YT8800000009999,${Object.values(person).join(",")}\n`);
  await draftBatch(it.shop, { bytes: cells, fileName: "a.csv", staffId: it.boss.staffId });
  await it.ship({ orderNo }, { note: "交给欧阳慕白本人" });
  await it.runAll();
  await buyer.receive(orderNo);

  const { name: picture } = await storePicture(it.shop, { memberId, bytes: await aPhotograph() });
  const asked = await buyer.refund({
    orderNo,
    refundFen: 800,
    reason: "damaged",
    note: words,
    pictures: [picture],
  });
  const refundNo = String(asked.body.refundNo);
  await it.sandbox.refundPlan({ recvAccount: `招商银行信用卡0403 ${person.name}` });
  await addNote(it.shop, { memberId, text: `电话 ${person.phone}，脾气急`, by: it.boss });
  await addNote(it.shop, { orderNo, text: `${person.name} 来电`, by: it.boss });
  await tagMember(it.shop, { memberId, tag: "慕白", by: it.boss });
  await it.sql`INSERT INTO saved_views (staff_id, name, query) VALUES (${it.boss.staffId}, '他',
    ${`q=${encodeURIComponent(person.name)}&x=${person.phone}&y=${savedPhone}`})`;
  const { wechat } = it.shop.environment;
  const alarm = {
    AppId: wechat.appId,
    AlarmContent: `transaction_id=${transactionId}`,
    ErrorType: "1003", // Of which no report of ours is the end.
  };
  await sayAlarm(anAlarm(alarm, wechat.appKey ?? ""));
  const [raised] = await it.sql`SELECT alarm_id::int AS id FROM alarm_orders WHERE order_id = ${orderId}`;
  await acknowledgeAlarm(it.shop, {
    alarmId: Number(raised?.id),
    note: `已联系 ${person.name}`,
    by: it.boss,
  });
  await pushed({ FromUserName: openid, Event: "user_enter_tempsession", CreateTime: "1795740000" });
  await pushed({
    FromUserName: openid,
    Event: "trade_manage_order_settlement",
    merchant_trade_no: outTradeNo,
  });
  await buyer.pay(orderNo, "JSAPI");
  await addLine(it.shop, { memberId, sku, quantity: 3, addKey: randomUUID() });
  const { name, province, city, district, address } = recipient;
  await it.sql`INSERT INTO addresses (member_id, name, phone, province, city, district, address)
    VALUES (${memberId}, ${name}, ${savedPhone}, ${province}, ${city}, ${district}, ${`${address}后门`})`;
  return { buyer, orderNo, orderId, memberId, openid, refundNo, picture, message };
}

const pushed = (fields: Record<string, string>) =>
  receivePush(
    it.shop,
    { kind: "verified", fields, message: JSON.stringify(fields) },
    { headers: {}, body: new Uint8Array(), address: "127.0.0.1" },
  );

describe("erasing a member who has lived a full life", () => {
  let life: Awaited<ReturnType<typeof aFullLife>>;
  beforeAll(async () => {
    life = await aFullLife();
  });
  const texts = () => [life.openid, ...Object.values(person), savedPhone, words, "慕白"];

  test("is refused while something is open, and to who does not mean it", async () => {
    const { memberId } = life;

    await expect(erase(memberId)).rejects.toMatchObject({
      code: "member_has_open_orders",
      facts: { open: { orders: 0, refunds: 1, money: 0, reports: 0, notifications: 0 } },
    });
    await expect(erase(memberId, "yes")).rejects.toMatchObject({ code: "malformed" });
    await expect(erase(99_999_999)).rejects.toMatchObject({ code: "not_found" });
    expect((await findMember(it.shop, memberId))?.erasedAt).toBeNull();
  });

  test("a copy for the person holds all of it, and that it was taken is kept", async () => {
    const { memberId, openid, picture, refundNo } = life;
    const files = new Map<string, string>();
    for await (const file of await exportMember(it.shop, { memberId, readme: "说明", by: it.boss }))
      files.set(file.name, new TextDecoder().decode(file.bytes));

    const data = files.get("data.json") ?? "";
    expect([...files.keys()]).toEqual(["readme.txt", "data.json", `pictures/${picture}`]);
    for (const text of [openid, ...Object.values(person), words, refundNo, "慕白", "脾气急", "203.0.113.77"])
      expect(data).toContain(text);
    const { cart, addresses } = JSON.parse(data);
    expect([cart.length, cart[0].quantity]).toEqual([1, 3]);
    expect([addresses.length, addresses[0].address]).toEqual([1, `${person.address}后门`]);
    const [entry] = await it.sql`SELECT after FROM audit_entries WHERE action = 'member.export'`;
    expect(entry?.after).toEqual({ orders: 1 });
  });

  test("leaves them in no column of the database, and the books and the trail as they were", async () => {
    const { memberId, orderNo, refundNo, buyer, picture } = life;
    const books =
      () => it.sql`SELECT r.transaction_id, r.total_fen, r.verdict, r.paid_at, f.out_refund_no, f.refund_fen,
        f.status, f.settled_at, p.out_trade_no, p.status AS paid, o.total_fen AS asked, d.tracking_no, d.status AS sent,
        e.status AS told, n.verdict AS said, n.answer
      FROM orders o JOIN receipts r ON r.order_id = o.id JOIN refunds f ON f.order_id = o.id JOIN payments p ON p.order_id = o.id
        JOIN deliveries d ON d.order_id = o.id JOIN delivery_reports e ON e.order_id = o.id JOIN notifications n ON n.order_id = o.id
      WHERE o.order_no = ${orderNo} ORDER BY p.id, n.id`;
    const trail = () => it.sql`SELECT * FROM audit_entries ORDER BY id`;
    await approveRefund(it.shop, { refundNo, by: it.boss });
    await it.send(refundNo);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });
    await it.runAll();
    expect(await it.status(refundNo)).toBe("succeeded");
    expect(await whereStands(it.shop, texts())).toEqual(
      expect.arrayContaining(
        [
          "alarms.note delivery_batch_rows.cells deliveries.note delivery_reports.request member_identities.openid",
          "member_sessions.openid member_tags.tag notifications.body orders.note orders.phone orders.recipient",
          "payments.openid payments.request receipts.openid refunds.reason_text refunds.recv_account saved_views.query",
          "staff_notes.text",
        ].flatMap((line) => line.split(" ")),
      ),
    );
    const [before, kept] = [await books(), await trail()];

    await erase(memberId);

    expect(await whereStands(it.shop, texts())).toEqual(["audit_entries.after"]); // The tag's name, of nobody any more.
    expect(await whereStands(it.shop, texts().slice(0, -1))).toEqual([]);
    expect(await whereStands(it.shop, ["203.0.113.77"])).toEqual(["rate_limits.key"]); // For an hour.
    expect(await books()).toEqual(before);
    const after = await trail();
    expect(after.slice(0, -1)).toEqual(kept);
    expect(after.at(-1)).toMatchObject({
      action: "member.erase",
      subject_id: String(memberId),
      after: { orders: 1 },
    });
    expect(await it.sql`SELECT 1 FROM pictures WHERE name = ${picture}`).toEqual([]);
    expect((await buyer.pay(orderNo, "JSAPI")).status).toBe(401); // Signed out everywhere.
    expect(
      await it.sql`SELECT 1 FROM notifications WHERE order_id IS NOT NULL AND scrubbed_at IS NULL`,
    ).toEqual([]);
  });

  test("is done once; nothing can be written about them again, and they come back as somebody new", async () => {
    const { memberId, orderNo, openid, buyer } = life;
    const by = it.boss;

    for (const deed of [
      () => erase(memberId),
      () => tagMember(it.shop, { memberId, tag: "VIP", by }),
      () => addNote(it.shop, { memberId, text: "又来了", by }),
      () => exportMember(it.shop, { memberId, readme: "", by }),
    ])
      await expect(deed()).rejects.toMatchObject({ code: "member_erased" });
    const again = await it.signIn(buyer, { guestId: memberId, buyer: "lin" });
    const found = await listMembers(it.shop, { ...allMembers, q: openid });

    expect(again).toBe(openid);
    expect((await buyer.read(orderNo)).status).toBe(404);
    expect(found.members.map(({ id }) => id)).not.toContain(memberId);
    expect(found.members).toHaveLength(1);
    expect(await findMember(it.shop, memberId)).toMatchObject({
      identities: [],
      tags: [],
      totals: { paidFen: 9800 },
    });
  });

  test("a copy of a message that WeChat sends again is counted and brings nothing back", async () => {
    const { message: id, openid, orderId } = life;

    await it.sandbox.resend({ id });

    const [message] = await it.sql`SELECT copies, body FROM notifications
      WHERE order_id = ${orderId} AND kind = 'payment' AND verdict = 'paid'`;
    expect(message?.copies).toBe(1);
    expect(String(message?.body)).toContain("<openid><![CDATA[erased]]>");
    expect(String(message?.body)).not.toContain(openid);
  });
});

test("an order that is taken at the same moment either holds the erasure up or is refused", async () => {
  for (let round = 0; round < 5; round++) {
    const { memberId, sku, orderId } = await it.anOrder();
    await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'cancelled' WHERE id = ${orderId}`;
    const request = { items: [{ sku, quantity: 1 }] };
    const buyer = { memberId, appid: null, openid: null };

    const [taken, erased] = await Promise.allSettled([
      createOrder(it.shop, { buyer, request, idempotencyKey: null }),
      erase(memberId),
    ]);

    expect([taken.status, erased.status].sort()).toEqual(["fulfilled", "rejected"]);
    if (taken.status === "rejected") expect(taken.reason).toMatchObject({ code: "unauthenticated" });
    if (erased.status === "rejected") expect(erased.reason).toMatchObject({ code: "member_has_open_orders" });
  }
});

describe("money that comes late for an erased member's order", () => {
  test("goes back by itself although the goods could be had again, and what it brought is cut out afterwards", async () => {
    const buyer = aCaller({ address: "203.0.113.78" });
    const { sku } = await it.aProduct({ kind: "physical", priceFen: 8800 });
    const { body } = await buyer.order({ items: [{ sku, quantity: 1 }], recipient });
    await buyer.pay(String(body.orderNo), "NATIVE");
    const [row] =
      await it.sql`SELECT o.id::int, o.member_id::int AS "memberId", p.out_trade_no AS "outTradeNo"
      FROM orders o JOIN payments p ON p.order_id = o.id WHERE o.order_no = ${String(body.orderNo)}`;
    const { id: orderId, memberId, outTradeNo } = row ?? {};
    const totalFen = Number(body.totalFen);
    await it.advance(40 * 60_000);
    await closeOrder(it.shop, orderId);
    await erase(memberId);

    const openid = "oLateLateLateLateLateLateLat";
    const told = { outTradeNo, totalFen, transactionId: aTransactionId(), fields: { openid } };
    const answer = await notify(post(paymentNotification(it.shop.environment.wechat, told)));
    await it.runAll();
    await scrubErased(it.shop);
    const meanwhile = await whereStands(it.shop, [openid]);
    await it.sql`UPDATE refunds SET status = 'succeeded', settled_at = now() WHERE order_id = ${orderId}`;
    await it.sql`UPDATE delivery_reports SET status = 'waived' WHERE order_id = ${orderId}`;
    await scrubErased(it.shop);

    expect(await answer.text()).toContain("SUCCESS");
    const [order] =
      await it.sql`SELECT o.status, r.verdict, r.reason, f.source, f.refund_fen::int AS fen FROM orders o
      JOIN receipts r ON r.order_id = o.id JOIN refunds f ON f.receipt_id = r.id WHERE o.id = ${orderId}`;
    expect(order).toEqual({
      status: "closed",
      verdict: "surplus",
      reason: "late",
      source: "shop",
      fen: totalFen,
    });
    expect(meanwhile).toEqual(expect.arrayContaining(["notifications.body", "receipts.openid"]));
    expect(await whereStands(it.shop, [openid])).toEqual([]);
  });
});

test("a name that is also a word or a number elsewhere goes where it names them and nowhere else", async () => {
  const [{ memberId, orderId }, other] = [await it.anOrder(), await it.anOrder()];
  for (const [id, called] of [
    [orderId, { name: "an", address: "88" }],
    [other.orderId, { name: "Wang Fang", address: "true" }],
  ] as const)
    await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'cancelled', member_id = ${memberId},
      recipient = ${JSON.stringify({ ...recipient, ...called })}::text::jsonb WHERE id = ${id}`;
  const facts = { transaction_id: "4200000088", totalFen: 8800, isTrue: true, to: "an", said: "an: 88" };
  const [alarm] = await it.sql`INSERT INTO alarms (source, kind, dedupe_key, facts)
    VALUES ('shop', 'test', ${crypto.randomUUID()}, ${JSON.stringify(facts)}::text::jsonb) RETURNING id`;
  await it.sql`INSERT INTO alarm_orders (alarm_id, order_id) VALUES (${Number(alarm?.id)}, ${orderId})`;
  await it.sql`INSERT INTO saved_views (staff_id, name, query) VALUES (${it.boss.staffId}, 'Wang Fang',
    ${String(new URLSearchParams({ q: "Wang Fang", status: "paid" }))}), (${it.boss.staffId}, '13955551234', 'status=paid')`;

  await erase(memberId);

  const [kept] = await it.sql`SELECT facts FROM alarms WHERE id = ${Number(alarm?.id)}`;
  expect(kept?.facts).toEqual({ ...facts, to: "＊＊", said: "＊＊: 88" });
  const views =
    await it.sql`SELECT replace(name, id::text, 'id') AS name, query FROM saved_views ORDER BY id DESC LIMIT 2`;
  expect(views).toEqual([
    { name: "＊＊ id", query: "status=paid" },
    { name: "＊＊ id", query: "q=＊＊&status=paid" },
  ]);
});
