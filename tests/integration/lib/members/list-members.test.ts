import { afterAll, beforeAll, expect, test } from "vitest";
import { blockMember } from "@/lib/members/block-member";
import { listMembers, memberPageSize } from "@/lib/members/list-members";
import { listOrdersOfMember } from "@/lib/members/list-orders-of-member";
import {
  allMembers,
  type MemberFilter,
  readMemberFilter,
  writeMemberFilter,
} from "@/lib/members/member-filter";
import { revealMember } from "@/lib/members/reveal-member";
import { createMember, signInWithOpenid } from "@/lib/members/sign-in-with-openid";
import { tagMember } from "@/lib/members/tag-member";
import type { Person } from "@/lib/staff/person";
import { aRefundableOrder, type RefundableOrder } from "@/tests/support/a-refundable-order";
import { aPerson } from "@/tests/support/a-running-clock";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
let sku: string;
beforeAll(async () => {
  it = await aShop();
  by = await aPerson(it.shop, "support");
  ({ sku } = await it.aProduct({ kind: "physical", priceFen: 5000 }));
});
afterAll(() => it.close());

const openid = "oUpF8uMuAJO_M2pxb1Q9zNjWe-6o";
const order = (memberId?: number): Promise<RefundableOrder> =>
  aRefundableOrder(it.shop, { items: [{ sku, quantity: 1 }], isPhysical: true, memberId });
const idsOf = async (but: Partial<MemberFilter>, page = {}) =>
  (await listMembers(it.shop, { ...allMembers, ...but }, page)).members.map(({ id }) => id);
const recipientOf = async ({ orderId }: { orderId: number }) =>
  (await it.sql`SELECT recipient FROM orders WHERE id = ${orderId}`)[0]?.recipient;

test("a member is found by number, openid, phone or its tail, recipient, order, payment and tag, and by no part of one", async () => {
  const mine = await order();
  const { memberId } = mine;
  await it.shop.db.transaction((tx) => signInWithOpenid(tx, { appid: "wxold", openid, guestId: memberId }));
  await tagMember(it.shop, { memberId, tag: "老客", by });
  await it.sql`UPDATE orders SET phone = '13955551234', recipient = recipient || '{"name": "Ou Yang", "phone": "13955551234"}'
    WHERE id = ${mine.orderId}`;
  await order();

  const whole = [
    `${memberId}`,
    `#${memberId}`,
    openid,
    "13955551234",
    "139 5555 1234",
    "1234",
    "ou yang",
    "老客",
  ];
  const numbers = [mine.orderNo, mine.outTradeNo, mine.transactionId];
  for (const q of [...whole, ...numbers]) expect([q, await idsOf({ q })]).toEqual([q, [memberId]]);
  for (const q of [
    openid.slice(0, -1),
    "1395555123",
    "123",
    "Ou",
    "老",
    mine.orderNo.slice(1),
    "'; --",
    "%",
    "0",
  ])
    expect([q, await idsOf({ q })]).toEqual([q, []]);
  for (const blank of [{ kind: "guest" }, { state: "blocked" }, { tag: "VIP" }] as const)
    expect(await idsOf({ q: openid, ...blank })).toEqual([]);
});

test("a row says what is true of the member, and nothing of the person in full", async () => {
  const first = await order();
  const second = await order(first.memberId);
  await it.sql`UPDATE orders SET phone = NULL, recipient = NULL, kind = 'virtual' WHERE id = ${second.orderId}`;
  await blockMember(it.shop, { memberId: first.memberId, reason: "拒收", by });
  const { name, phone } = await recipientOf(first);

  const { members } = await listMembers(it.shop, { ...allMembers, q: `#${first.memberId}` });

  expect(members).toEqual([
    expect.objectContaining({
      ...{ isGuest: true, orders: 2, paidFen: first.totalFen + second.totalFen, tags: [], erasedAt: null },
      blockedAt: expect.any(Date),
      lastOrder: { orderNo: second.orderNo, createdAt: expect.any(Date) },
      recipient: expect.objectContaining({
        name: `${name[0]}＊＊`,
        phone: `${phone.slice(0, 3)}＊＊＊＊${phone.slice(-4)}`,
      }),
    }),
  ]);
  expect(JSON.stringify(members)).not.toContain(phone);
});

test("filters go together, and by last order whoever ordered last is first", async () => {
  const [early, late, never] = [await order(), await order(), await it.shop.db.transaction(createMember)];
  for (const { memberId } of [early, late]) await tagMember(it.shop, { memberId, tag: "同组", by });
  await tagMember(it.shop, { memberId: never, tag: "同组", by });
  await order(early.memberId);
  await it.shop.db.transaction((tx) =>
    signInWithOpenid(tx, { appid: "wx", openid: "oLateOne", guestId: late.memberId }),
  );

  expect(await idsOf({ tag: "同组" })).toEqual([never, late.memberId, early.memberId]);
  expect(await idsOf({ tag: "同组", hasOrders: true })).toEqual([late.memberId, early.memberId]);
  expect(await idsOf({ tag: "同组", kind: "wechat" })).toEqual([late.memberId]);
  expect(await idsOf({ tag: "同组", kind: "guest" })).toEqual([never, early.memberId]);
  expect(await idsOf({ tag: "同组", sort: "lastOrder" })).toEqual([early.memberId, late.memberId]);
});

test("pages go down and up again without a member twice or missed, in either order", async () => {
  await it.sql`INSERT INTO members (created_at) SELECT now() FROM generate_series(1, ${memberPageSize * 2})`;
  await it.sql`INSERT INTO orders (order_no, member_id, kind, goods_fen, freight_fen, total_fen, expires_at)
    SELECT 'page' || m.id || '-' || n, m.id, 'virtual', 100, 0, 100, now() FROM members m, generate_series(1, 2) n`;
  for (const sort of ["newest", "lastOrder"] as const) {
    const filter = { ...allMembers, sort };
    const first = await listMembers(it.shop, filter);
    const second = await listMembers(it.shop, filter, { before: first.older ?? 0 });
    const third = await listMembers(it.shop, filter, { before: second.older ?? 0 });
    const back = await listMembers(it.shop, filter, { after: second.newer ?? 0 });
    const ids = [first, second, third].flatMap(({ members }) => members.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength((await it.sql`SELECT 1 FROM members`).length);
    expect(third.older).toBeNull();
    expect(back.members).toEqual(first.members);
    expect([first.newer, back.newer]).toEqual([null, null]);
  }
  const [{ id = 0 } = {}] = (await listMembers(it.shop, allMembers)).members;
  for (let n = 0; n < 25; n++) await order(id);
  const orders = await listOrdersOfMember(it.shop, { memberId: id });
  const older = await listOrdersOfMember(it.shop, { memberId: id, before: orders.older ?? 0 });
  expect([orders.orders.length, older.orders.length, older.older]).toEqual([20, 7, null]);
});

test("revealing shows it in full and is kept", async () => {
  const mine = await order();
  const { memberId } = mine;
  await it.shop.db.transaction((tx) =>
    signInWithOpenid(tx, { appid: "wx", openid: "oSeen", guestId: memberId }),
  );

  const revealed = await revealMember(it.shop, { memberId, by });

  expect(revealed).toEqual({
    openids: [{ appid: "wx", openid: "oSeen" }],
    recipients: [await recipientOf(mine)],
  });
  expect(
    await it.sql`SELECT staff_id::int AS "staffId", address, after FROM audit_entries
      WHERE action = 'member.reveal' AND subject_id = ${String(memberId)}`,
  ).toEqual([{ ...by, after: null }]);
});

test("what is made up in an address is told and left out; what is asked for is written back the same", () => {
  const made = readMemberFilter({
    kind: "robot",
    state: "blocked",
    sort: "luck",
    orders: "no",
    tag: "x".repeat(65),
    q: " a\0 ",
  });
  const asked = { kind: "guest", state: "erased", tag: "VIP", orders: "yes", q: "1234", sort: "lastOrder" };

  expect(made.madeUp.sort()).toEqual(["kind", "orders", "sort", "tag"]);
  expect(made.filter).toEqual({ ...allMembers, state: "blocked", q: "a" });
  expect(writeMemberFilter(readMemberFilter(asked).filter)).toEqual(asked);
  expect(readMemberFilter({ q: "\uD800" }).madeUp).toEqual(["q"]);
});
