import { afterAll, beforeAll, expect, test } from "vitest";
import { signInWithOpenid } from "@/lib/members/sign-in-with-openid";
import { addNote } from "@/lib/notes/add-note";
import { listNotes } from "@/lib/notes/list-notes";
import { describeEvent } from "@/lib/orders/describe-event";
import { readTimeline } from "@/lib/orders/read-timeline";
import type { Person } from "@/lib/staff/person";
import { aCaller } from "../../../support/a-caller";
import { aPerson } from "../../../support/a-running-clock";
import { aShop } from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let clerk: Person;
let packer: Person;

beforeAll(async () => {
  it = await aShop();
  [clerk, packer] = [await aPerson(it.shop, "support"), await aPerson(it.shop, "fulfilment")];
});
afterAll(() => it.close());

const entriesOf = (subject: string, id: number) =>
  it.sql`SELECT action, staff_id::int AS staff, order_id::int AS "orderId", after FROM audit_entries
    WHERE subject = ${subject} AND subject_id = ${String(id)} AND action LIKE '%.note' ORDER BY id`;

test("a note is kept as written, newest first, tells the desks, and its entry names it without its words", async () => {
  const { orderNo, orderId } = await it.payableOrder();
  const heard: unknown[] = [];
  const { unlisten } = await it.sql.listen("zhanggui_desk", (payload) => heard.push(JSON.parse(payload)));

  await addNote(it.shop, { orderNo, text: "  <b>买家</b>说下周再发\r\n=1+1 ", by: clerk });
  it.clock.now = new Date(it.clock.now.getTime() + 1000);
  await addNote(it.shop, { orderNo, text: "好", by: packer });

  const notes = await listNotes(it.shop, { orderNo });
  expect(notes.map(({ text }) => text)).toEqual(["好", "<b>买家</b>说下周再发\n=1+1"]);
  const [first, second] = await entriesOf("order", orderId);
  expect(first).toEqual({
    action: "order.note",
    staff: clerk.staffId,
    orderId,
    after: { note: notes[1]?.id },
  });
  expect(second?.staff).toBe(packer.staffId);
  await expect
    .poll(() => heard)
    .toEqual([
      { type: "note", orderNo },
      { type: "note", orderNo },
    ]);
  await unlisten();
});

test("the time line holds the note in place of its entry; the terminal's line keeps the words back", async () => {
  const { orderNo, orderId } = await it.payableOrder();
  await addNote(it.shop, { orderNo, text: "王女士 13800138000", by: clerk });

  const events = await readTimeline(it.shop, orderId);

  const deeds = events.filter((event) => event.kind === "note" || event.kind === "audit");
  expect(deeds).toMatchObject([{ kind: "note", text: "王女士 13800138000", staffId: clerk.staffId }]);
  expect(JSON.stringify(events.map(describeEvent))).not.toContain("13800138000");
});

test("a form that is sent twice at once leaves one note; the same words a minute later leave another", async () => {
  const { orderNo, orderId } = await it.payableOrder();
  const write = () => addNote(it.shop, { orderNo, text: "已电话确认", by: clerk });

  const twice = await Promise.all([write(), write()]);
  const bySomebodyElse = await addNote(it.shop, { orderNo, text: "已电话确认", by: packer });
  it.clock.now = new Date(it.clock.now.getTime() + 61_000);
  const later = await write();

  expect(twice.sort()).toEqual(["added", "repeated"]);
  expect([bySomebodyElse, later]).toEqual(["added", "added"]);
  expect(await listNotes(it.shop, { orderNo })).toHaveLength(3);
  expect(await entriesOf("order", orderId)).toHaveLength(3);
});

test("no words, too many and a NUL are refused; 500 characters are kept; nothing is nobody's", async () => {
  const { orderNo } = await it.payableOrder();
  const write = (text: string, to = orderNo) => addNote(it.shop, { orderNo: to, text, by: clerk });

  for (const text of ["", " \n ", "长".repeat(501), "a\0b"])
    await expect(write(text)).rejects.toMatchObject({ code: "note_invalid" });
  await expect(write("x", "no-such-order")).rejects.toMatchObject({ code: "not_found" });
  await expect(addNote(it.shop, { memberId: 999_999, text: "x", by: clerk })).rejects.toMatchObject({
    code: "not_found",
  });
  await write("长".repeat(500));

  expect(await listNotes(it.shop, { orderNo })).toHaveLength(1);
});

test("a guest's notes go along when the guest signs in, and nobody writes about a member who was erased", async () => {
  const { memberId } = await it.payableOrder();
  await addNote(it.shop, { memberId, text: "常客", by: clerk });
  const known = await it.payableOrder();
  const openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
  const identity = { appid: it.shop.environment.wechat.appId, openid };
  await it.shop.db.transaction((tx) => signInWithOpenid(tx, { ...identity, guestId: known.memberId }));

  await it.shop.db.transaction((tx) => signInWithOpenid(tx, { ...identity, guestId: memberId }));
  await it.sql`UPDATE members SET erased_at = now() WHERE id = ${known.memberId}`;

  expect(await listNotes(it.shop, { memberId: known.memberId })).toMatchObject([{ text: "常客" }]);
  expect(await entriesOf("member", memberId)).toMatchObject([{ action: "member.note", orderId: null }]);
  await expect(addNote(it.shop, { memberId: known.memberId, text: "x", by: clerk })).rejects.toMatchObject({
    code: "member_erased",
  });
});

test("the buyer's own view of an order has no word of it", async () => {
  const { sku } = await it.aProduct();
  const buyer = aCaller();
  const orderNo = String((await buyer.order({ items: [{ sku, quantity: 1 }] })).body.orderNo);
  const before = await buyer.read(orderNo);

  await addNote(it.shop, { orderNo, text: "此人常退货", by: clerk });

  expect((await buyer.read(orderNo)).body).toEqual(before.body);
});
