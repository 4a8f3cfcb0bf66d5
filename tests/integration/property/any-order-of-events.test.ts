import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as notify } from "@/app/api/notify/route";
import { announcePaidOrder } from "@/lib/orders/announce-paid-order";
import { closeOrder } from "@/lib/orders/close-order";
import { orderMoves } from "@/lib/orders/state";
import { climbQueryLadder } from "@/lib/payments/climb-query-ladder";
import { closeSupersededPayment } from "@/lib/payments/close-superseded-payment";
import { paymentMoves } from "@/lib/payments/state";
import { aTransactionId, paymentNotification, post } from "@/tests/support/a-shop";
import { aShopAtWechat } from "@/tests/support/a-shop-at-wechat";

let it: Awaited<ReturnType<typeof aShopAtWechat>>;
beforeAll(async () => {
  it = await aShopAtWechat();
});
afterAll(() => it.close());

// Each number picks one of what exists when its turn comes; there may be none.
const pick = fc.nat({ max: 5 });
const wechat = fc.constantFrom(
  {},
  { drops: 16 },
  { copies: 3 },
  { twice: true },
  { force: true },
  { amountFen: 1 },
  { notifyAmountFen: 1 },
  { claim: "fail" as const },
  { claim: "weaker" as const },
);
const event = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("order" as const), quantity: fc.integer({ min: 1, max: 2 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("pay" as const),
      order: pick,
      tradeType: fc.constantFrom("NATIVE" as const, "MWEB" as const),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("money" as const), payment: pick, how: wechat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("resend" as const), payment: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("message" as const),
      payment: pick,
      transaction: fc.nat({ max: 2 }),
      short: fc.constantFrom(0, 0, 1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("query" as const), payment: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), order: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("close order" as const), order: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("close payment" as const), payment: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("announce" as const), order: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(1, 5, 30) }),
  },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;
/** What happens one after the other; each step may be several things at once. */
const story = fc.array(fc.array(event, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 8 });

/** Two that chance may leave out: money for an expired order while its goods are there, and after they are gone. */
const expired: Event[][] = [
  [{ do: "pay", order: 0, tradeType: "NATIVE" }],
  [{ do: "wait", minutes: 30 }],
  [{ do: "close order", order: 0 }],
];
const lateMoney: Event[] = [{ do: "money", payment: 0, how: { force: true } }];
const soldOut: Event[] = [
  { do: "order", quantity: 2 },
  { do: "order", quantity: 2 },
];
const examples: [Event[][]][] = [[[...expired, lateMoney]], [[...expired, soldOut, lateMoney]]];

type World = Awaited<ReturnType<typeof aWorld>>;

/** One product with four pieces, one order to begin with, and three transactions that anybody may name. */
async function aWorld() {
  const { sku, variantId } = await it.aProduct({ priceFen: 500, onHand: 4 });
  const first = await it.anOrder({ sku });
  return {
    sku,
    variantId,
    orders: [first],
    transactions: [aTransactionId(), aTransactionId(), aTransactionId()],
  };
}

async function happen(world: World, one: Event): Promise<void> {
  const orderOf = (n: number) => world.orders[n % world.orders.length];
  const paymentOf = async (n: number) => {
    const rows = await it.sql`
      SELECT id, out_trade_no, total_fen::int FROM payments WHERE order_id = ANY(${world.orders.map((o) => o.orderId)}) ORDER BY id`;
    return rows.length ? rows[n % rows.length] : undefined;
  };
  if (one.do === "wait") return it.advance(one.minutes * 60_000);
  if (one.do === "order") {
    const made = await it.anOrder({ sku: world.sku, quantity: one.quantity });
    if (made.orderId) world.orders.push(made);
    return;
  }
  if ("order" in one) {
    const order = orderOf(one.order);
    if (!order) return;
    if (one.do === "pay") await order.buyer.pay(order.orderNo, one.tradeType);
    if (one.do === "cancel") await order.buyer.cancel(order.orderNo);
    if (one.do === "close order") await closeOrder(it.shop, order.orderId);
    if (one.do === "announce") await announcePaidOrder(it.shop, order.orderId);
    return;
  }
  const payment = await paymentOf(one.payment);
  if (!payment) return;
  const outTradeNo = String(payment.out_trade_no);
  if (one.do === "money") await it.sandbox.pay({ outTradeNo, ...one.how }).catch(() => "WeChat refuses it");
  if (one.do === "resend") await it.sandbox.resend({ outTradeNo }).catch(() => "nothing was sent yet");
  if (one.do === "query") await climbQueryLadder(it.shop, Number(payment.id));
  if (one.do === "close payment") await closeSupersededPayment(it.shop, Number(payment.id));
  if (one.do === "message") {
    const transactionId = world.transactions[one.transaction];
    const totalFen = Number(payment.total_fen) - one.short;
    await notify(
      post(paymentNotification(it.shop.environment.wechat, { outTradeNo, totalFen, transactionId })),
    );
  }
}

async function check(world: World): Promise<void> {
  const ids = world.orders.map(({ orderId }) => orderId);
  const transitions = await it.sql`
    SELECT entity, entity_id, event, from_status, to_status FROM transitions WHERE order_id = ANY(${ids}) ORDER BY entity, entity_id, id`;
  const statuses = await it.sql`
    SELECT 'order' AS entity, id, status FROM orders WHERE id = ANY(${ids}) UNION ALL
    SELECT 'payment', id, status FROM payments WHERE order_id = ANY(${ids})`;

  for (const { entity, id, status } of statuses) {
    const history = transitions.filter((move) => move.entity === entity && move.entity_id === id);
    const moves: Record<string, { from: readonly string[]; to: string }> =
      entity === "order" ? orderMoves : paymentMoves;
    let at: string | null = null;
    for (const move of history) {
      expect(move.from_status, "each move begins where the one before ended").toBe(at);
      if (move.event !== "create") {
        expect(moves[move.event]?.from).toContain(move.from_status);
        expect(move.to_status).toBe(moves[move.event]?.to);
      }
      expect(at, "nothing leads away from paid").not.toBe("paid");
      at = move.to_status;
    }
    expect(at, "the last move is where it stands").toBe(status);
  }

  const [facts] = await it.sql`
    SELECT (SELECT allocated FROM variants WHERE id = ${world.variantId}) AS allocated,
      (SELECT coalesce(sum(l.quantity), 0)::int FROM order_lines l JOIN orders o ON o.id = l.order_id
        WHERE l.variant_id = ${world.variantId} AND o.status <> 'closed') AS owed,
      (SELECT count(*)::int FROM orders o WHERE o.id = ANY(${ids}) AND (o.status = 'paid') <>
        ((SELECT count(*) FROM receipts r WHERE r.order_id = o.id AND r.verdict = 'settling') = 1)) AS paid_without_money,
      (SELECT count(*)::int FROM payments p WHERE p.order_id = ANY(${ids}) AND p.status = 'paid' AND NOT EXISTS
        (SELECT 1 FROM receipts r WHERE r.transaction_id = p.transaction_id AND r.payment_id = p.id)) AS payments_without_receipt,
      (SELECT count(*)::int FROM receipts WHERE order_id = ANY(${ids}) AND verdict IN ('settling', 'surplus')) AS receipts,
      (SELECT count(*)::int FROM outbox WHERE (payload->>'orderId')::bigint = ANY(${ids})) AS follow_ups,
      (SELECT count(*)::int FROM notifications WHERE order_id = ANY(${ids}) AND verdict = 'failed') AS failed`;
  expect(facts).toMatchObject({ paid_without_money: 0, payments_without_receipt: 0, failed: 0 });
  expect(facts?.allocated, "stock is held for what is owed").toBe(facts?.owed);
  expect(facts?.follow_ups, "one follow-up for each receipt that settles or is surplus").toBe(
    facts?.receipts,
  );
}

test("whatever happens, in any order and at once, money and stock are accounted for", async () => {
  const seen = { paid: 0, closed: 0, surplus: 0, revived: 0 };

  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const world = await aWorld();
      for (const step of steps) await Promise.all(step.map((one) => happen(world, one)));
      await check(world);
      const ids = world.orders.map(({ orderId }) => orderId);
      const [row] = await it.sql`
        SELECT (SELECT count(*)::int FROM orders WHERE id = ANY(${ids}) AND status = 'paid') AS paid,
          (SELECT count(*)::int FROM orders WHERE id = ANY(${ids}) AND status = 'closed') AS closed,
          (SELECT count(*)::int FROM receipts WHERE order_id = ANY(${ids}) AND verdict = 'surplus') AS surplus,
          (SELECT count(*)::int FROM transitions WHERE order_id = ANY(${ids}) AND event = 'revive') AS revived`;
      for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += Number(row?.[key]);
    }),
    { numRuns: 200, examples },
  );

  for (const [what, times] of Object.entries(seen))
    expect(times, `the stories reach ${what}`).toBeGreaterThan(0);
}, 300_000);
