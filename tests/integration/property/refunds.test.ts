import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findRefunds } from "@/lib/refunds/find-refunds";
import { refundMoves } from "@/lib/refunds/state";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";
import {
  examples,
  giveUpWhatIsRefused,
  happen,
  heal,
  type Row,
  rowsOf,
  story,
  type World,
} from "@/tests/support/refund-story";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
  it.patience(150);
  await it.sandbox.refundSettings({ settleMs: null, gapMs: 60_000 }); // As strict as WeChat.
});
afterAll(() => it.close());

/** Our own refunds end by themselves; of what the portal did in silence nothing tells but a question. */
async function hearOfThePortal(world: World): Promise<void> {
  const own = (await rowsOf(it, world)).filter(
    ({ status, source }) => status === "succeeded" && source !== "portal",
  );
  const there = (await it.sandbox.refunds(world.outTradeNo)).filter(
    ({ status, source }) => status === "SUCCESS" && source === "API",
  );
  expect(own.map(({ refundNo }) => refundNo).sort()).toEqual(there.map((one) => one.outRefundNo).sort());
  await findRefunds(it.shop, world.receiptId);
}

const sumOf = (rows: readonly { fen: number }[]) => rows.reduce((sum, { fen }) => sum + fen, 0);

async function check(world: World): Promise<void> {
  const [rows, ledger] = [await rowsOf(it, world), await it.sandbox.refunds(world.outTradeNo)];
  const paidThere = ledger.filter(({ status }) => status === "SUCCESS");
  const paidHere = rows.filter(({ status }) => status === "succeeded");

  // The money.
  expect(sumOf(paidHere), "we say of each fen what WeChat says").toBe(
    paidThere.reduce((sum, { refundFen }) => sum + refundFen, 0),
  );
  expect(paidHere.map(({ refundNo }) => refundNo).sort()).toEqual(
    paidThere.map((one) => one.outRefundNo).sort(),
  );
  expect(
    ledger.every(({ executed }) => executed === 1),
    "each number left the purse once",
  ).toBe(true);
  const byWechat = rows.filter(({ status }) => ["accepted", "abnormal", "succeeded"].includes(status));
  expect(sumOf(byWechat), "never more than was paid").toBeLessThanOrEqual(world.totalFen);
  const gone = rows.filter((row) => byWechat.includes(row) || row.byHand);
  // The portal may pay in silence what a person has been told to pay.
  if (sumOf(gone) > world.totalFen)
    expect(
      (await Promise.all(rows.map(({ refundNo }) => it.alarms(refundNo)))).flat(),
      "paid twice, and a person told",
    ).toContain("refund_contradiction");
  const dead = ["rejected", "withdrawn", "closed"];
  const promised = rows.filter(({ status, source }) => source !== "portal" && !dead.includes(status));
  expect(sumOf(promised), "never promised twice").toBeLessThanOrEqual(world.totalFen);

  // Where each refund stands.
  const there = new Map(ledger.map((one) => [one.outRefundNo, one.status]));
  for (const { refundNo, status, errorCode } of rows) {
    const at = there.get(refundNo) ?? "nowhere";
    const explained: Record<string, boolean> = {
      succeeded: at === "SUCCESS",
      abnormal: at === "CHANGE",
      closed: at === "REFUNDCLOSE" || at === "nowhere",
      manual: at === "nowhere",
    };
    expect(
      explained[status] ?? at === "nowhere",
      `${refundNo} is ${status}, at WeChat ${at} (${errorCode})`,
    ).toBe(true);
    expect(["approved", "sending", "accepted"], "nothing is left lying").not.toContain(status);
  }
  for (const { outRefundNo } of ledger) expect(rows.map(({ refundNo }) => refundNo)).toContain(outRefundNo);

  await checkMoves(rows);
  await checkOrder(world, sumOf(rows.filter((row) => row.status === "succeeded" || row.byHand)));
  await checkTries(world);
}

async function checkMoves(rows: readonly Row[]): Promise<void> {
  const moves: Record<string, { from: readonly string[]; to: string }> = refundMoves;
  for (const { id, status } of rows) {
    let at: string | null = null;
    for (const move of await it.sql`SELECT event, from_status AS "from", to_status AS "to" FROM transitions
        WHERE entity = 'refund' AND entity_id = ${id} ORDER BY id`) {
      expect(move.from, "each move begins where the one before ended").toBe(at);
      if (at !== null) expect(moves[move.event]?.from).toContain(move.from);
      if (at !== null) expect(moves[move.event]?.to).toBe(move.to);
      at = move.to;
    }
    expect(at, "the last move is where it stands").toBe(status);
  }
}

async function checkOrder(world: World, backFen: number): Promise<void> {
  const [facts] =
    await it.sql`SELECT o.status, v.allocated, v.on_hand AS "onHand", l.quantity - l.dropped AS owed
    FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN variants v ON v.id = l.variant_id WHERE o.id = ${world.orderId}`;
  expect(facts).toMatchObject({
    status: backFen >= world.totalFen ? "closed" : "paid",
    allocated: facts?.owed,
    onHand: 5,
  });
  if (backFen >= world.totalFen) expect(facts?.owed).toBe(0);
  expect((await world.buyer.read(world.orderNo)).body).toMatchObject({ refundedFen: backFen });
}

async function checkTries(world: World): Promise<void> {
  const tries =
    await it.sql`SELECT c.started_at AS at FROM wechat_calls c JOIN refunds f ON f.id = c.refund_id
    WHERE c.call = 'refund' AND f.receipt_id = ${world.receiptId} ORDER BY c.started_at`;
  for (const [n, { at }] of tries.entries())
    if (n > 0)
      expect(new Date(at).getTime() - new Date(tries[n - 1]?.at).getTime()).toBeGreaterThanOrEqual(60_000);
  const purseChanges =
    await it.sql`SELECT f.out_refund_no AS "refundNo", count(*) FILTER (WHERE a.after->>'purse' IS NOT NULL)::int AS count
    FROM refunds f LEFT JOIN audit_entries a ON a.subject = 'refund' AND a.subject_id = f.id::text AND a.action = 'refund.try_again'
    WHERE f.receipt_id = ${world.receiptId} GROUP BY 1`;
  for (const { refundNo, count } of purseChanges)
    expect(new Set(it.tries(refundNo)).size, "the same to the byte").toBeLessThanOrEqual(count + 1);
}

test("whatever happens, each fen that WeChat pays back is one that we say is paid back, and none twice", async () => {
  const seen: Record<string, number> = {
    succeeded: 0,
    closed: 0,
    manual: 0,
    abnormal: 0,
    portal: 0,
    whole: 0,
  };

  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      await it.sql`DELETE FROM graphile_worker._private_jobs`; // Of the stories before.
      await it.sandbox.disarm();
      await it.sandbox.purse({ unsettledFen: 1_000_000, rechargeFen: 0 });
      const world = await it.aPaidOrder({ priceFen: 1000, quantity: 2, onHand: 5 });
      for (const step of steps) await Promise.all(step.map((one) => happen(it, world, one)));
      await heal(it, world);
      await hearOfThePortal(world);
      await giveUpWhatIsRefused(it, world); // The portal has paid what it would need.
      await check(world);
      const rows = await rowsOf(it, world);
      for (const { status, source } of rows) {
        if (status in seen) seen[status] = (seen[status] ?? 0) + 1;
        if (source === "portal") seen.portal = (seen.portal ?? 0) + 1;
      }
      if (sumOf(rows.filter(({ status }) => status === "succeeded")) === world.totalFen)
        seen.whole = (seen.whole ?? 0) + 1;
    }),
    { numRuns: Number(process.env.STORIES ?? 100), examples },
  );

  for (const [what, times] of Object.entries(seen))
    expect(times, `the stories reach ${what}`).toBeGreaterThan(0);
}, 300_000);
