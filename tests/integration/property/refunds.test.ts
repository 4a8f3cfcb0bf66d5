import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "@/lib/http/app-error";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { findRefunds } from "@/lib/refunds/find-refunds";
import { giveUpRefund } from "@/lib/refunds/give-up-refund";
import { recordPayout } from "@/lib/refunds/record-payout";
import { rejectRefund } from "@/lib/refunds/reject-refund";
import { refundMoves } from "@/lib/refunds/state";
import { purses, tryAgain } from "@/lib/refunds/try-again";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";
import { runDueJobs } from "@/tests/support/run-due-jobs";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
  it.patience(150);
  await it.sandbox.refundSettings({ settleMs: null, gapMs: 60_000 }); // As strict as WeChat.
});
afterAll(() => it.close());

// Each number picks one of the refunds that exist when its turn comes; there may be none.
const nth = fc.nat({ max: 4 });
const fen = fc.constantFrom(1, 400, 1000, 1600, 2000);
const spoilt = fc.constantFrom(
  ...([
    "timeout",
    "timeout-before",
    "reset",
    "reset-before",
    "bad-gateway",
    "garbage",
    "forged-answer",
  ] as const),
  ...(["unsigned-answer", "system-error", "system-error-after", "frequency-limited", "cert-error"] as const),
);
const refusal = fc.constantFrom(
  "NOTENOUGH",
  "TRADE_OVERDUE",
  "USER_ACCOUNT_ABNORMAL",
  "ERROR",
  "BIZERR_NEED_RETRY",
);
const ending = fc.constantFrom(
  "SUCCESS" as const,
  "SUCCESS" as const,
  "CHANGE" as const,
  "REFUNDCLOSE" as const,
);
const message = fc.constantFrom(
  {},
  { drops: 16 },
  { copies: 3 },
  { notifyRefundFen: 7 },
  { claim: "forged" as const },
);

const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("ask" as const), fen }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("approve" as const), nth, part: fc.constantFrom(1, 1, 0.5) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reject" as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("withdraw" as const), nth }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("send" as const), nth }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("spoil" as const), spoilt, times: fc.constantFrom(1, 3) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("refuse" as const), refusal }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("spoil query" as const), spoilt }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("end" as const), nth, ending, message }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("resend" as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("climb" as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("find" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("portal" as const), fen, message }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("try again" as const),
      nth,
      purse: fc.option(fc.constantFrom(...purses)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("give up" as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("pay by hand" as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("purse" as const), fen: fc.constantFrom(0, 1000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("work" as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(2, 6, 61) }),
  },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;
/** What happens one after the other; each step may be two things at once. */
const story = fc.array(fc.array(event, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 14 });

/** Ends that chance may leave out. */
const sent: Event[][] = [[{ do: "ask", fen: 2000 }], [{ do: "approve", nth: 0, part: 1 }]];
const endedAs = (ending: "SUCCESS" | "CHANGE" | "REFUNDCLOSE"): [Event[][]] => [
  [...sent, [{ do: "send", nth: 0 }], [{ do: "end", nth: 0, ending, message: { drops: 16 } }]],
];
/** Executed, its answer lost, and then refused for good: paid, and nobody pays it by hand. */
const lostAndRefused: Event[][] = [
  ...sent,
  [{ do: "spoil", spoilt: "reset", times: 1 }],
  [{ do: "send", nth: 0 }],
  [{ do: "refuse", refusal: "TRADE_OVERDUE" }],
  [{ do: "wait", minutes: 2 }],
  [{ do: "send", nth: 0 }],
];
const examples: [Event[][]][] = [
  [lostAndRefused],
  endedAs("SUCCESS"),
  endedAs("CHANGE"),
  endedAs("REFUNDCLOSE"),
  [[...sent, [{ do: "refuse", refusal: "TRADE_OVERDUE" }], [{ do: "send", nth: 0 }]]],
  [[[{ do: "portal", fen: 1000, message: {} }]]],
];

type World = Awaited<ReturnType<RefundShop["aPaidOrder"]>>;
type Row = {
  id: number;
  refundNo: string;
  status: string;
  fen: number;
  source: string;
  errorCode: string | null;
  byHand: boolean;
};

const rowsOf = ({ receiptId }: World) =>
  it.sql<
    Row[]
  >`SELECT id::int, out_refund_no AS "refundNo", status, refund_fen::int AS fen, source, error_code AS "errorCode",
    manual_paid_at IS NOT NULL AS "byHand" FROM refunds WHERE receipt_id = ${receiptId} ORDER BY id`;

/** What the shop refuses with a clear answer is part of the story; anything else is a bug. */
async function orRefused(deed: Promise<unknown>): Promise<void> {
  await deed.catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

async function happen(world: World, one: Event): Promise<void> {
  const { outTradeNo } = world;
  const by = it.boss;
  if (one.do === "wait") return it.advance(one.minutes * 60_000);
  if (one.do === "ask")
    return void (await world.buyer.refund({ orderNo: world.orderNo, refundFen: one.fen, reason: "other" }));
  if (one.do === "spoil")
    return void (await it.sandbox.fault({ call: "refund", kind: one.spoilt, times: one.times }));
  if (one.do === "spoil query" && one.spoilt !== "cert-error")
    return void (await it.sandbox.fault({ call: "refundquery", kind: one.spoilt }));
  if (one.do === "refuse")
    return void (await it.sandbox.fault({
      call: "refund",
      kind: "error",
      options: { code: one.refusal, text: "如此" },
    }));
  if (one.do === "purse")
    return void (await it.sandbox.purse({ unsettledFen: one.fen, rechargeFen: 10_000 }));
  if (one.do === "find") return findRefunds(it.shop, world.receiptId).catch(() => {}); // As a job it runs again.
  if (one.do === "work") return void (await runDueJobs(it.shop));
  if (one.do === "portal") {
    const made = await it.sandbox
      .portalRefund({ outTradeNo, refundFen: one.fen, ...one.message })
      .catch(() => null);
    if (made)
      await it.sandbox.settleRefund({ outRefundNo: made.outRefundNo, status: "SUCCESS", ...one.message });
    return;
  }
  if (!("nth" in one)) return;
  const rows = await rowsOf(world);
  const row = rows[one.nth % rows.length];
  if (!row) return;
  const { refundNo } = row;
  if (one.do === "approve")
    await orRefused(
      approveRefund(it.shop, { refundNo, by, refundFen: Math.max(1, Math.floor(row.fen * one.part)) }),
    );
  if (one.do === "reject") await orRefused(rejectRefund(it.shop, { refundNo, by, note: "否" }));
  if (one.do === "withdraw") await world.buyer.withdraw(refundNo);
  if (one.do === "send") await it.send(refundNo);
  if (one.do === "climb") await it.climb(refundNo);
  if (one.do === "try again")
    await orRefused(tryAgain(it.shop, { refundNo, by, purse: one.purse ?? undefined }));
  if (one.do === "give up") await orRefused(giveUpRefund(it.shop, { refundNo, by, note: "改日再退" }));
  if (one.do === "pay by hand")
    await orRefused(
      recordPayout(it.shop, {
        refundNo,
        by,
        method: "cash",
        reference: null,
        note: null,
        paidAt: it.clock.now,
      }),
    );
  if (one.do === "resend")
    await it.sandbox.resend({ outRefundNo: refundNo }).catch(() => "nothing was sent yet");
  if (one.do === "end")
    await it.sandbox
      .settleRefund({ outRefundNo: refundNo, status: one.ending, ...one.message })
      .catch(() => "WeChat does not have it, or it has ended");
}

/** Everything works again, the bank ends what it has, and the worker has two days. */
async function heal(world: World): Promise<void> {
  await it.sandbox.disarm();
  await it.sandbox.purse({ unsettledFen: 1_000_000, rechargeFen: 1_000_000 });
  for (const minutes of [0, 2, 2, 2, 61, 2, 61, 25 * 60, 2, 61, 25 * 60, 2]) {
    await it.advance(minutes * 60_000);
    while ((await runDueJobs(it.shop)) > 0);
    for (const { outRefundNo, status } of await it.sandbox.refunds(world.outTradeNo))
      if (status === "PROCESSING")
        await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS", drops: 16 });
  }
}

/** Our own refunds end by themselves; of what the portal did in silence nothing tells but a question. */
async function hearOfThePortal(world: World): Promise<void> {
  const own = (await rowsOf(world)).filter(
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
  const [rows, ledger] = [await rowsOf(world), await it.sandbox.refunds(world.outTradeNo)];
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
  const gone = rows.filter((row) => ["accepted", "abnormal", "succeeded"].includes(row.status) || row.byHand);
  expect(sumOf(gone), "never more than was paid").toBeLessThanOrEqual(world.totalFen);
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
      sending: at === "nowhere" && errorCode !== null, // Refused: the portal has paid what it would need.
    };
    expect(
      explained[status] ?? at === "nowhere",
      `${refundNo} is ${status}, at WeChat ${at} (${errorCode})`,
    ).toBe(true);
    expect(["approved", "accepted"], "nothing is left lying").not.toContain(status);
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
    status: backFen === world.totalFen ? "closed" : "paid",
    allocated: facts?.owed,
    onHand: 5,
  });
  if (backFen === world.totalFen) expect(facts?.owed).toBe(0);
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
      for (const step of steps) await Promise.all(step.map((one) => happen(world, one)));
      await heal(world);
      await hearOfThePortal(world);
      await check(world);
      const rows = await rowsOf(world);
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
