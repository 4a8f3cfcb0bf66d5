import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addCodes } from "@/lib/deliveries/add-codes";
import { deliverVirtual } from "@/lib/deliveries/deliver-virtual";
import { signInWithOpenid } from "@/lib/members/sign-in-with-openid";
import { findOrder } from "@/lib/orders/find-order";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { askedBy, moneyArrives } from "@/tests/support/a-refundable-order";
import { aVirtualShop } from "@/tests/support/a-virtual-shop";
import { factsOf } from "@/tests/support/facts-of";
import { waiters } from "@/tests/support/gate";

let it: Awaited<ReturnType<typeof aVirtualShop>>;
beforeAll(async () => {
  it = await aVirtualShop({ poolSize: 25 });
});
afterAll(() => it.close());

const named = (what: string, count: number) => Array.from({ length: count }, (_, n) => `${what}-${n}`);

describe("a paid order is delivered by the rule", () => {
  test.each([
    ["text", "提取码 8848"],
    ["link", "https://learn.example/kaishu?lesson=1"],
  ])("its %s, once, with the report due at once and the stock taken", async (kind, text) => {
    const { sku, variantId } = await it.aProduct({ onHand: 5 });
    await it.set(sku, kind, text);
    const order = await it.paid({ sku, quantity: 2 });

    await it.settle();
    await deliverVirtual(it.shop, order.orderId);

    const view = await it.seenBy(order);
    expect(view.status).toBe("shipped");
    expect(view.deliveries).toMatchObject([
      { kind: "virtual", status: "shipped", content: text, lines: [{ sku, quantity: 2 }] },
    ]);
    expect(view.deliveries[0]?.contents).toMatchObject([{ sku, kind, items: [text] }]);
    const [variant] = await it.sql`SELECT on_hand, allocated FROM variants WHERE id = ${variantId}`;
    expect(variant).toEqual({ on_hand: 3, allocated: 0 });
    const [report] =
      await it.sql`SELECT deliver_status, status FROM delivery_reports WHERE order_id = ${order.orderId}`;
    expect(report).toEqual({ deliver_status: 1, status: "waived" }); // Tried at once: this shop reports nothing.
    expect((await factsOf(it.sql, order.orderId)).moves).toEqual(
      expect.arrayContaining([expect.stringMatching(/^order ship: paid → shipped \(rule:virtual\)$/)]),
    );
  });

  test("a code for each piece, the oldest first, and never the same again", async () => {
    const { sku, variantId } = await it.goodsWithCodes(["A", "B", "C"]);
    const [first, second] = [await it.paid({ sku, quantity: 2 }), await it.paid(sku)];

    await deliverVirtual(it.shop, first.orderId);
    await deliverVirtual(it.shop, second.orderId);

    expect((await it.seenBy(first)).deliveries[0]?.content).toBe("A\nB");
    expect((await it.seenBy(second)).deliveries[0]?.content).toBe("C");
    expect(await it.stock(variantId)).toEqual({ free: 0, given: 3 });
  });

  test("an order that late money revived", async () => {
    const { sku } = await it.aProduct();
    await it.set(sku, "text", "欢迎回来");
    const order = await it.payableOrder({ sku });
    await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'expired' WHERE id = ${order.orderId}`;
    await it.sql`UPDATE variants SET allocated = 0 WHERE sku = ${sku}`;

    await moneyArrives(it.shop, order);
    await it.settle();

    expect((await it.seenBy(order)).deliveries[0]?.content).toBe("欢迎回来");
  });

  test("what was stored after it was paid, as soon as it is", async () => {
    const { sku } = await it.aProduct();
    const order = await it.paid(sku);
    await it.settle();
    expect((await it.seenBy(order)).status).toBe("paid");

    await it.set(sku, "text", "补上了");
    await it.settle();

    expect((await it.seenBy(order)).deliveries[0]?.content).toBe("补上了");
  });

  test("only when something is stored for every line; the rest is a person's", async () => {
    const { sku, variantId } = await it.goodsWithCodes(["K"]);
    const { sku: byHand } = await it.aProduct();
    const order = await it.paid(sku, byHand);

    await it.settle();

    expect(await it.seenBy(order)).toMatchObject({ status: "paid", deliveries: [] });
    expect(await it.stock(variantId)).toEqual({ free: 1, given: 0 });
    expect(await it.alarms(variantId)).toEqual([]);
  });

  test("an order that is not paid, or of goods that are sent, never", async () => {
    const { sku } = await it.aProduct();
    await it.set(sku, "text", "x");
    const pending = await it.payableOrder({ sku });
    const sent = await it.payableOrder({ kind: "physical" });
    await moneyArrives(it.shop, sent);

    await deliverVirtual(it.shop, pending.orderId);
    await deliverVirtual(it.shop, sent.orderId);

    const [row] =
      await it.sql`SELECT count(*)::int FROM deliveries WHERE order_id = ANY(${[pending.orderId, sent.orderId]})`;
    expect(row?.count).toBe(0);
  });
});

describe("a stock that does not suffice", () => {
  test("twenty buyers and ten codes at once: ten get one each, ten wait, and get theirs when more are added", async () => {
    const { sku, variantId } = await it.goodsWithCodes(named("first", 10));
    const orders = [];
    for (let n = 0; n < 20; n++) orders.push(await it.paid(sku));

    await Promise.all(orders.map(({ orderId }) => deliverVirtual(it.shop, orderId)));

    const before = await Promise.all(orders.map(it.seenBy));
    const waiting = before.filter(({ status }) => status === "paid");
    expect(waiting).toHaveLength(10);
    expect(await it.stock(variantId)).toEqual({ free: 0, given: 10 });
    const [alarm] = await it.alarms(variantId);
    expect(alarm).toMatchObject({ key: `codes_empty:${variantId}`, count: 10, facts: { sku, missing: 10 } });

    await it.add(sku, named("second", 10));
    await it.settle();

    const contents = (await Promise.all(orders.map(it.seenBy))).map((view) =>
      String(view.deliveries[0]?.content),
    );
    expect([...contents].sort()).toEqual([...named("first", 10), ...named("second", 10)].sort());
    const late = orders.filter(({ orderNo }) => waiting.some((view) => view.orderNo === orderNo));
    const given = await Promise.all(
      late.map(async (order) => (await it.seenBy(order)).deliveries[0]?.content),
    );
    expect(given).toEqual(named("second", 10)); // Who paid first got the first of them.
    expect(await it.alarms(variantId)).toEqual([]);
  });

  test("too few for one order gives it none and tells how many are missing; looked at again, the alarm counts once", async () => {
    const { sku, variantId } = await it.goodsWithCodes(["ONE", "TWO"]);
    const order = await it.paid({ sku, quantity: 3 });

    await deliverVirtual(it.shop, order.orderId);
    await deliverVirtual(it.shop, order.orderId);

    expect(await it.seenBy(order)).toMatchObject({ status: "paid", deliveries: [] });
    expect(await it.stock(variantId)).toEqual({ free: 2, given: 0 });
    const facts = { sku, missing: 1, outTradeNo: order.outTradeNo };
    expect(await it.alarms(variantId)).toMatchObject([{ key: `codes_empty:${variantId}`, count: 1, facts }]);
    const [named] = await it.sql`SELECT 1 FROM alarm_orders WHERE order_id = ${order.orderId}`;
    expect(named).toBeDefined();
  });

  test("more codes, but not enough for all: who paid first gets them, the alarm stays", async () => {
    const { sku, variantId } = await it.goodsWithCodes();
    const orders = [await it.paid(sku), await it.paid(sku), await it.paid(sku)];
    for (const { orderId } of orders.toReversed()) await deliverVirtual(it.shop, orderId);

    await it.add(sku, ["X", "Y"]);
    await it.settle();

    const contents = (await Promise.all(orders.map(it.seenBy))).map((view) => view.deliveries[0]?.content);
    expect(contents).toEqual(["X", "Y", undefined]);
    expect(await it.alarms(variantId)).toMatchObject([
      { key: `codes_empty:${variantId}`, facts: { missing: 1 } },
    ]);
  });

  test("an order with codes and a text waits for the codes, and gives neither before", async () => {
    const { sku } = await it.goodsWithCodes();
    const { sku: text } = await it.aProduct();
    await it.set(text, "text", "说明");
    const order = await it.paid(sku, text);
    await it.settle();
    expect((await it.seenBy(order)).deliveries).toEqual([]);

    await it.add(sku, ["LATE"]);
    await it.settle();

    expect((await it.seenBy(order)).deliveries).toMatchObject([{ content: "LATE\n说明" }]);
  });

  test("codes that somebody holds and lets go are not out of stock", async () => {
    const { sku, variantId } = await it.goodsWithCodes(["HELD"]);
    const order = await it.paid(sku);
    let delivering: Promise<void> | undefined;

    await it.sql
      .begin(async (holder) => {
        const [held] =
          await holder`SELECT pg_backend_pid() AS pid FROM codes c JOIN variants v ON v.id = c.variant_id
          WHERE v.sku = ${sku} FOR UPDATE OF c`;
        delivering = deliverVirtual(it.shop, order.orderId);
        await waiters(it.sql, { behind: Number(held?.pid), wanted: 1 });
        throw new Error("the holder's own transaction came to nothing");
      })
      .catch(() => {});
    await delivering;

    expect((await it.seenBy(order)).deliveries[0]?.content).toBe("HELD");
    expect(await it.alarms(variantId)).toEqual([]);
  });

  test("an order that is refunded meanwhile ends the alarm that it alone had raised", async () => {
    const { sku, variantId } = await it.goodsWithCodes();
    const order = await it.paid(sku);
    await deliverVirtual(it.shop, order.orderId);
    expect(await it.alarms(variantId)).toHaveLength(1);

    await it.sql`UPDATE order_lines SET dropped = quantity WHERE order_id = ${order.orderId}`;
    await it.sql`SELECT conclude_delivery(${order.orderId}, 'test', now(), now())`;

    expect(await it.alarms(variantId)).toEqual([]);
  });
});

describe("once, whatever happens", () => {
  test("five runs of the job at the same moment make one delivery", async () => {
    const { sku, variantId } = await it.goodsWithCodes(named("five", 5));
    const order = await it.paid(sku);

    await Promise.all(Array.from({ length: 5 }, () => deliverVirtual(it.shop, order.orderId)));

    expect((await it.seenBy(order)).deliveries).toHaveLength(1);
    expect(await it.stock(variantId)).toEqual({ free: 4, given: 1 });
  });

  test("a worker that dies when the codes are given leaves nothing behind, and the next run gives them", async () => {
    const { sku, variantId } = await it.goodsWithCodes(["SAFE"]);
    const order = await it.paid(sku);
    await it.sql.unsafe(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$;
      CREATE TRIGGER die AFTER UPDATE ON codes FOR EACH ROW EXECUTE FUNCTION die()`);

    const killed = deliverVirtual(it.shop, order.orderId);
    await expect(killed).rejects.toThrow();
    await it.sql.unsafe("DROP TRIGGER die ON codes; DROP FUNCTION die");

    expect(await it.seenBy(order)).toMatchObject({ status: "paid", deliveries: [] });
    expect(await it.stock(variantId)).toEqual({ free: 1, given: 0 });
    await deliverVirtual(it.shop, order.orderId);
    expect((await it.seenBy(order)).deliveries[0]?.content).toBe("SAFE");
  });

  test("what an approved refund gives back is not delivered any more; what was only asked for is", async () => {
    const { sku, variantId } = await it.goodsWithCodes(["P", "Q"]);
    const [approved, asked] = [await it.paid(sku), await it.paid(sku)];
    const refundNo = await askedBy(it.shop, approved, { refundFen: approved.totalFen });
    await approveRefund(it.shop, { refundNo, by: it.by });
    await askedBy(it.shop, asked, { refundFen: asked.totalFen });

    await deliverVirtual(it.shop, approved.orderId);
    await deliverVirtual(it.shop, asked.orderId);

    expect((await it.seenBy(approved)).deliveries).toEqual([]);
    expect((await it.seenBy(asked)).deliveries[0]?.content).toBe("P");
    expect(await it.stock(variantId)).toEqual({ free: 1, given: 1 });
    const [again] =
      await it.sql`SELECT run_at FROM graphile_worker.jobs WHERE key = ${`deliver_virtual:${approved.orderId}`}`;
    expect(new Date(again?.run_at).getTime()).toBe(it.clock.now.getTime() + 3_600_000);
  });
});

describe("its own buyer alone", () => {
  test("sees it; anybody else finds no such order, and a guest who signs in keeps it", async () => {
    const { sku } = await it.goodsWithCodes(["MINE"]);
    const order = await it.paid(sku);
    const other = await it.paid(sku);
    await deliverVirtual(it.shop, order.orderId);
    expect(await findOrder(it.shop, { ...order, memberId: other.memberId })).toBeNull();

    const known = { appid: "wx1", openid: "o-mine" };
    const memberId = await it.shop.db.transaction(async (tx) => {
      await signInWithOpenid(tx, { ...known, guestId: other.memberId }); // The same person, on another device.
      return signInWithOpenid(tx, { ...known, guestId: order.memberId });
    });

    expect(memberId).not.toBe(order.memberId);
    expect((await it.seenBy({ ...order, memberId })).deliveries[0]?.content).toBe("MINE");
    expect(await findOrder(it.shop, order)).toBeNull();
  });
});

describe("with another DATA_KEY", () => {
  const withKey = async (key: string, run: () => Promise<void>) => {
    const { dataKey } = it.shop.environment;
    it.shop.environment.dataKey = key;
    await run().finally(() => {
      it.shop.environment.dataKey = dataKey;
    });
  };
  const another = Buffer.alloc(32, 7).toString("base64");

  test("what was delivered is not shown, the order still is; with the earlier key it is there again", async () => {
    const { sku } = await it.goodsWithCodes(["OLD"]);
    const order = await it.paid(sku);
    await deliverVirtual(it.shop, order.orderId);

    await withKey(another, async () => {
      const [delivery] = (await it.seenBy(order)).deliveries;
      expect(delivery).toMatchObject({ content: null, contents: [{ kind: "codes", items: null }] });
    });

    expect((await it.seenBy(order)).deliveries[0]?.content).toBe("OLD");
  });

  test("nothing that cannot be opened is delivered: the order waits, an alarm says why, nothing is lost", async () => {
    const { sku: text, variantId: textId } = await it.aProduct();
    await it.set(text, "text", "还在");
    const { sku: coded, variantId: codedId } = await it.goodsWithCodes(["KEPT"]);
    const [first, second] = [await it.paid(text), await it.paid(coded)];

    await withKey(another, async () => {
      await it.settle();
      expect((await it.seenBy(first)).deliveries).toEqual([]);
      expect((await it.seenBy(second)).deliveries).toEqual([]);
      expect((await it.alarms(textId, codedId)).map(({ key }) => key)).toEqual([
        `codes_empty:${codedId}`,
        `content_unreadable:${textId}`,
      ]);
    });
    it.clock.now = new Date(it.clock.now.getTime() + 3_600_000);
    await it.settle();

    expect((await it.seenBy(first)).deliveries[0]?.content).toBe("还在");
    expect((await it.seenBy(second)).deliveries[0]?.content).toBe("KEPT");
    expect(await it.alarms(textId, codedId)).toEqual([]);
  });

  test("codes that may have been given before are added only when a person says that they are new", async () => {
    const { sku } = await it.goodsWithCodes(["GIVEN", "LEFT"]);
    const order = await it.paid(sku);
    await deliverVirtual(it.shop, order.orderId);

    await withKey(another, async () => {
      await expect(it.add(sku, ["GIVEN", "LEFT"])).rejects.toMatchObject({
        code: "codes_not_comparable",
        facts: { count: 2 },
      });
      const { added } = await addCodes(it.shop, { sku, text: "FRESH", by: it.by, areNew: true });
      expect(added).toBe(1);
    });
  });
});
