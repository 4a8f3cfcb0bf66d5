import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blockMember } from "@/lib/members/block-member";
import { findMember } from "@/lib/members/find-member";
import { listTags } from "@/lib/members/list-tags";
import { signInWithOpenid } from "@/lib/members/sign-in-with-openid";
import { tagMember } from "@/lib/members/tag-member";
import { unblockMember } from "@/lib/members/unblock-member";
import { untagMember } from "@/lib/members/untag-member";
import { addNote } from "@/lib/notes/add-note";
import { listNotes } from "@/lib/notes/list-notes";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
afterAll(() => it.close());

const reason = "连续三次无理由拒收";
const block = (memberId: number, why = reason) =>
  blockMember(it.shop, { memberId, reason: why, by: it.boss });
const entriesOf = async (memberId: number) =>
  it.sql`SELECT action, before, after FROM audit_entries WHERE subject = 'member' AND subject_id = ${String(memberId)}
    ORDER BY id`;
const standingOf = async (memberId: number) => {
  const member = await findMember(it.shop, memberId);
  return { blockedReason: member?.blockedReason, isBlocked: member?.blocker != null, tags: member?.tags };
};

describe("a blocked member", () => {
  test("neither orders nor pays; what was paid goes on; unblocked, both go again", async () => {
    const paid = await it.aPaidOrder({ priceFen: 1000 });
    const { buyer, memberId, sku } = paid;
    const key = { "idempotency-key": "before" };
    const body = { items: [{ sku, quantity: 1 }] };
    const open = await buyer.order(body, key);
    const openNo = String(open.body.orderNo);
    await buyer.pay(openNo, "NATIVE");

    await block(memberId);
    const refused = [await buyer.order(body), await buyer.pay(openNo, "NATIVE")];
    const repeated = await buyer.order(body, key);
    const kept = [
      await buyer.read(paid.orderNo),
      await buyer.remind(paid.orderNo),
      await buyer.cancel(openNo),
    ];
    const asked = await it.asked(paid, 400);
    await unblockMember(it.shop, { memberId, by: it.boss });
    const again = await buyer.order(body);

    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [403, "member_blocked"],
      [403, "member_blocked"],
    ]);
    expect(repeated.body.orderNo).toBe(openNo);
    expect(kept.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await it.status(asked)).toBe("requested");
    expect(again.status).toBe(201);
    expect((await buyer.pay(String(again.body.orderNo), "NATIVE")).status).toBe(200);
  });

  test("whose payment is on its way when the block comes still gets what was paid", async () => {
    const order = await it.anOrder({ priceFen: 1000 });
    await order.buyer.pay(order.orderNo, "NATIVE");
    await block(order.memberId);

    const [outTradeNo = ""] = await order.numbers();
    await it.sandbox.pay({ outTradeNo });

    expect((await order.buyer.read(order.orderNo)).body.status).toBe("paid");
    expect((await order.buyer.pay(order.orderNo, "NATIVE")).body.code).toBe("already_paid");
  });

  test("needs a reason, once; the trail says who did it and not why", async () => {
    const { memberId } = await it.anOrder();
    await expect(block(memberId, "  ")).rejects.toMatchObject({ code: "reason_required" });

    const [first, second] = await Promise.all([block(memberId, "甲"), block(memberId, "乙")]);
    const unblocked = await unblockMember(it.shop, { memberId, by: it.boss });
    const twice = await unblockMember(it.shop, { memberId, by: it.boss });

    expect([first, second].filter(Boolean)).toHaveLength(1);
    expect([unblocked, twice]).toEqual([true, false]);
    expect(await entriesOf(memberId)).toEqual([
      { action: "member.block", before: { isBlocked: false }, after: { isBlocked: true } },
      { action: "member.unblock", before: { isBlocked: true }, after: { isBlocked: false } },
    ]);
    await expect(block(99_999_999)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("what staff know of a guest, when the guest signs in", () => {
  const signIn = (openid: string, guestId: number | null) =>
    it.shop.db.transaction((tx) =>
      signInWithOpenid(tx, { appid: it.shop.environment.wechat.appId, openid, guestId }),
    );

  test("a block, tags and notes come along to a member who has none", async () => {
    const memberId = await signIn("oKnownWithoutAny", null);
    const guest = await it.anOrder();
    await block(guest.memberId);
    await tagMember(it.shop, { memberId: guest.memberId, tag: "拒收", by: it.boss });
    await addNote(it.shop, { memberId: guest.memberId, text: "电话核实过", by: it.boss });

    await signIn("oKnownWithoutAny", guest.memberId);

    expect(await standingOf(memberId)).toEqual({ isBlocked: true, blockedReason: reason, tags: ["拒收"] });
    expect((await listNotes(it.shop, { memberId })).map(({ text }) => text)).toEqual(["电话核实过"]);
    expect(await findMember(it.shop, guest.memberId)).toBeNull();
  });

  test("a member who is blocked stays so, with both reasons where there are two", async () => {
    const [one, both] = [await signIn("oBlocked", null), await signIn("oBlockedToo", null)];
    await block(one, "会员的理由");
    await block(both, "会员的理由");
    for (const memberId of [one, both]) await tagMember(it.shop, { memberId, tag: "VIP", by: it.boss });
    const [harmless, blocked] = [await it.anOrder(), await it.anOrder()];
    await block(blocked.memberId, "游客的理由");
    await tagMember(it.shop, { memberId: blocked.memberId, tag: "VIP", by: it.boss });

    await signIn("oBlocked", harmless.memberId);
    await signIn("oBlockedToo", blocked.memberId);

    const standing = { isBlocked: true, tags: ["VIP"] };
    expect(await standingOf(one)).toEqual({ ...standing, blockedReason: "会员的理由" });
    expect(await standingOf(both)).toEqual({ ...standing, blockedReason: "会员的理由\n游客的理由" });
  });

  test("a block that comes while the guest signs in is on the member, or told as not there any more", async () => {
    for (let round = 0; round < 5; round++) {
      const memberId = await signIn(`oBlockRace${round}`, null);
      const guest = await it.anOrder();

      const [blocked] = await Promise.allSettled([
        block(guest.memberId),
        signIn(`oBlockRace${round}`, guest.memberId),
      ]);

      const { isBlocked } = await standingOf(memberId);
      if (blocked.status === "fulfilled") expect(isBlocked).toBe(true);
      else expect(blocked.reason).toMatchObject({ code: "not_found" });
    }
  });

  test("a guest who becomes a new member's first openid is still blocked", async () => {
    const guest = await it.anOrder();
    await block(guest.memberId);

    await it.signIn(guest.buyer, { guestId: guest.memberId, buyer: "gao" });

    const refused = await guest.buyer.order({ items: [{ sku: guest.sku, quantity: 1 }] });
    expect(refused.body.code).toBe("member_blocked");
  });
});

describe("tags", () => {
  test("are one to twenty characters, twenty at most, each once", async () => {
    const { memberId } = await it.anOrder();
    const tag = (text: string) => tagMember(it.shop, { memberId, tag: text, by: it.boss });

    const added = [await tag(" ＶＩＰ "), await tag("VIP"), await tag("老　客")];
    for (let n = 3; n <= 20; n++) await tag(`标签${n}`);
    const removed = [
      await untagMember(it.shop, { memberId, tag: "VIP", by: it.boss }),
      await untagMember(it.shop, { memberId, tag: "VIP", by: it.boss }),
    ];

    expect(added).toEqual([true, false, true]);
    expect(removed).toEqual([true, false]);
    expect((await standingOf(memberId)).tags).toHaveLength(19);
    await tag("第二十");
    for (const wrong of ["第二十一", "", " ", "很".repeat(21), "a\0b"])
      await expect(tag(wrong)).rejects.toMatchObject({ code: "tag_invalid" });
    expect(await listTags(it.shop)).toEqual(expect.arrayContaining(["老 客", "标签3", "第二十"]));
    expect((await entriesOf(memberId)).slice(0, 2).map(({ after }) => after)).toEqual([
      { added: "VIP" },
      { added: "老 客" },
    ]);
  });
});
