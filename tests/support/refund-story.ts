import fc from "fast-check";
import { AppError } from "@/lib/http/app-error";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { findRefunds } from "@/lib/refunds/find-refunds";
import { giveUpRefund } from "@/lib/refunds/give-up-refund";
import { recordPayout } from "@/lib/refunds/record-payout";
import { rejectRefund } from "@/lib/refunds/reject-refund";
import { purses, tryAgain } from "@/lib/refunds/try-again";
import type { RefundShop } from "./a-refund-shop";
import { runDueJobs } from "./run-due-jobs";

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
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("ask" as const), fen, pieces: fc.constantFrom(0, 0, 1, 2) }),
  },
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
export type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;
/** What happens one after the other; each step may be two things at once. */
export const story = fc.array(fc.array(event, { minLength: 1, maxLength: 2 }), {
  minLength: 4,
  maxLength: 14,
});

/** Ends that chance may leave out. */
const sent: Event[][] = [[{ do: "ask", fen: 2000, pieces: 0 }], [{ do: "approve", nth: 0, part: 1 }]];
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
/** The portal has paid everything and nothing told us: WeChat refuses the first, and the second waits behind it. */
const refusedAndWaiting: Event[][] = [
  [{ do: "portal", fen: 2000, message: { claim: "forged" } }],
  [{ do: "ask", fen: 1, pieces: 0 }],
  [{ do: "approve", nth: 0, part: 1 }],
  [{ do: "ask", fen: 1, pieces: 0 }],
  [{ do: "approve", nth: 1, part: 1 }],
];
/** A person is to pay by hand what the portal has paid in silence. */
const portalFirst: Event[][] = [
  [{ do: "portal", fen: 2000, message: { drops: 16 } }],
  ...[[{ do: "ask", fen: 1, pieces: 0 } as const], [{ do: "approve", nth: 0, part: 1 } as const]],
  [{ do: "refuse", refusal: "TRADE_OVERDUE" }],
  [{ do: "send", nth: 0 }],
  [{ do: "pay by hand", nth: 0 }],
];
/** The portal pays in silence what a person has been told to pay by hand, and does. */
const portalLater: Event[][] = [
  [{ do: "ask", fen: 2000, pieces: 0 }],
  [{ do: "approve", nth: 0, part: 1 }],
  [{ do: "refuse", refusal: "TRADE_OVERDUE" }],
  [{ do: "send", nth: 0 }],
  [{ do: "portal", fen: 2000, message: { drops: 16 } }],
  [{ do: "pay by hand", nth: 0 }],
];
export const examples: [Event[][]][] = [
  [portalFirst],
  [portalLater],
  [refusedAndWaiting],
  [lostAndRefused],
  endedAs("SUCCESS"),
  endedAs("CHANGE"),
  endedAs("REFUNDCLOSE"),
  [[...sent, [{ do: "refuse", refusal: "TRADE_OVERDUE" }], [{ do: "send", nth: 0 }]]],
  [[[{ do: "portal", fen: 1000, message: {} }]]],
];

export type World = Awaited<ReturnType<RefundShop["aPaidOrder"]>>;
export type Row = {
  id: number;
  refundNo: string;
  status: string;
  fen: number;
  source: string;
  errorCode: string | null;
  byHand: boolean;
};

export const rowsOf = (it: RefundShop, { receiptId }: World) =>
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

export async function happen(it: RefundShop, world: World, one: Event): Promise<void> {
  const { outTradeNo } = world;
  const by = it.boss;
  if (one.do === "wait") return it.advance(one.minutes * 60_000);
  if (one.do === "ask") {
    const lines = one.pieces ? [{ sku: world.sku, quantity: one.pieces }] : [];
    await world.buyer.refund({ orderNo: world.orderNo, refundFen: one.fen, reason: "other", lines });
    return;
  }
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
  const rows = await rowsOf(it, world);
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
export async function heal(it: RefundShop, world: World): Promise<void> {
  await it.sandbox.disarm();
  await it.sandbox.purse({ unsettledFen: 1_000_000, rechargeFen: 1_000_000 });
  for (const minutes of [0, 2, 2, 2, 61, 2, 61, 25 * 60, 2, 61, 25 * 60, 2])
    await workFor(it, world, minutes);
}

async function workFor(it: RefundShop, world: World, minutes: number): Promise<void> {
  await it.advance(minutes * 60_000);
  while ((await runDueJobs(it.shop)) > 0);
  for (const { outRefundNo, status } of await it.sandbox.refunds(world.outTradeNo))
    if (status === "PROCESSING") await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS", drops: 16 });
}

/** A person ends what WeChat refuses for good, one after the other, as the next one waits behind it. */
export async function giveUpWhatIsRefused(it: RefundShop, world: World): Promise<void> {
  const refused = (await rowsOf(it, world)).find(({ status }) => status === "sending");
  if (!refused) return;
  await giveUpRefund(it.shop, { refundNo: refused.refundNo, by: it.boss, note: "微信已退" });
  for (const minutes of [2, 2, 61]) await workFor(it, world, minutes);
  await giveUpWhatIsRefused(it, world);
}
