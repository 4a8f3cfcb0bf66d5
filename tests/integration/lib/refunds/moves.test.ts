import { sql as query } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { move } from "@/lib/db/move";
import { approveRefund, askReturn } from "@/lib/refunds/approve-refund";
import { recordPayout } from "@/lib/refunds/record-payout";
import { rejectRefund } from "@/lib/refunds/reject-refund";
import { receiveReturn, refuseReturn, sendReturn } from "@/lib/refunds/return-goods";
import { type RefundFacts, settleRefund } from "@/lib/refunds/settle-refund";
import { type RefundEvent, type RefundStatus, refundMoves, refundStatuses } from "@/lib/refunds/state";
import { takeTurn } from "@/lib/refunds/take-turn";
import { tryAgain } from "@/lib/refunds/try-again";
import { undoApproval } from "@/lib/refunds/undo-approval";
import { withdrawRefund } from "@/lib/refunds/withdraw-refund";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { aRefundableOrder, askedBy, type RefundableOrder } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  by = {
    staffId: (await addStaff(it.shop, { email: "m@shop.test", role: "owner" }, null)).id,
    address: "192.0.2.7",
  };
});
afterAll(() => it.close());

const events = Object.keys(refundMoves) as RefundEvent[];
const pairs = events.flatMap((event) => refundStatuses.map((from) => ({ event, from })));

/** A refund of 500 fen that stands there, with all that it must have there. */
async function standing(status: RefundStatus) {
  const { sku } = await it.aProduct({ priceFen: 8800 });
  const order = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 1 }] });
  const refundNo = await askedBy(it.shop, order, { refundFen: 500 });
  const atWechat = ["accepted", "abnormal", "succeeded", "closed"].includes(status);
  const now = it.clock.now.toISOString();
  const [row] =
    await it.sql`UPDATE refunds SET status = ${status}, request = '{}', send_after = ${status === "approved" ? new Date(it.clock.now.getTime() + 60_000).toISOString() : null},
      settled_at = ${["succeeded", "closed"].includes(status) ? now : null}, accepted_at = ${atWechat ? now : null},
      refund_id = ${atWechat ? `50${refundNo.slice(1)}` : null}
    WHERE out_refund_no = ${refundNo} RETURNING id::int`;
  await it.sql`DELETE FROM transitions WHERE entity = 'refund' AND entity_id = ${row?.id}`;
  return { order, refundNo, refundId: Number(row?.id) };
}
const rowOf = async (refundNo: string) =>
  (await it.sql`SELECT to_json(f) AS row FROM refunds f WHERE out_refund_no = ${refundNo}`)[0]?.row;
const movesOf = async (id: number) =>
  (
    await it.sql`SELECT event, from_status AS "from", to_status AS "to" FROM transitions WHERE entity = 'refund' AND entity_id = ${id} ORDER BY id`
  ).map(({ event, from, to }) => `${event}: ${from} → ${to}`);

describe("the table of moves against the database", () => {
  test.each(pairs)("$event from $from", async ({ event, from }) => {
    const { refundNo, refundId } = await standing(from);
    const { from: allowedFrom, to } = refundMoves[event];
    const allowed = (allowedFrom as readonly string[]).includes(from);
    const before = await rowOf(refundNo);
    const set = to === "succeeded" ? query`settled_at = now()` : undefined;

    const moved = await it.shop.db.transaction((tx) =>
      move(tx, { entity: "refund", event, id: refundId, actor: "staff:7", at: it.clock.now, set }),
    );

    expect(moved).toBe(allowed);
    expect(await movesOf(refundId)).toEqual(allowed ? [`${event}: ${from} → ${to}`] : []);
    const after = await rowOf(refundNo);
    if (allowed) expect(after.status).toBe(to);
    else expect(after).toEqual(before);
  });
});

type Verb = { does: RefundEvent | null; on: readonly RefundStatus[]; run: (of: Of) => Promise<unknown> };
type Of = { refundNo: string; order: RefundableOrder; refundId: number };
/** What people do, the move that it means, and the statuses in which it may be done. */
const verbs: Record<string, Verb> = {
  approve: {
    does: "approve",
    on: ["requested"],
    run: ({ refundNo }) => approveRefund(it.shop, { refundNo, by }),
  },
  askReturn: {
    does: "askReturn",
    on: ["requested"],
    run: ({ refundNo }) => askReturn(it.shop, { refundNo, by, note: "寄回" }),
  },
  reject: {
    does: "reject",
    on: ["requested"],
    run: ({ refundNo }) => rejectRefund(it.shop, { refundNo, by, note: "否" }),
  },
  withdraw: {
    does: "withdraw",
    on: ["requested", "withdrawn"],
    run: ({ refundNo, order }) => withdrawRefund(it.shop, { refundNo, memberId: order.memberId }),
  },
  undo: { does: "undo", on: ["approved"], run: ({ refundNo }) => undoApproval(it.shop, { refundNo, by }) },
  sendReturn: {
    does: null,
    on: ["awaiting_return"],
    run: ({ refundNo, order }) =>
      sendReturn(it.shop, { refundNo, memberId: order.memberId, carrier: "顺丰", trackingNo: "SF12345678" }),
  },
  receiveReturn: {
    does: "receiveReturn",
    on: ["awaiting_return"],
    run: ({ refundNo }) => receiveReturn(it.shop, { refundNo, by, restock: true }),
  },
  refuseReturn: {
    does: "refuseReturn",
    on: ["awaiting_return"],
    run: ({ refundNo }) => refuseReturn(it.shop, { refundNo, by, note: "空" }),
  },
  recordPayout: {
    does: null,
    on: ["manual"],
    run: ({ refundNo }) =>
      recordPayout(it.shop, {
        refundNo,
        by,
        method: "cash",
        reference: null,
        note: null,
        paidAt: it.clock.now,
      }),
  },
  tryAgain: { does: null, on: ["sending"], run: ({ refundNo }) => tryAgain(it.shop, { refundNo, by }) },
};

describe("each verb of a person against each status", () => {
  const all = Object.keys(verbs).flatMap((verb) => refundStatuses.map((status) => ({ verb, status })));
  test.each(all)("$verb on $status", async ({ verb, status }) => {
    const of = await standing(status);
    const { does, on, run } = verbs[verb] as Verb;
    const before = [await rowOf(of.refundNo), await it.sql`SELECT count(*) FROM audit_entries`];

    const outcome = await run(of).then(
      () => "done",
      (error: { code?: string }) => error.code,
    );

    const made = await movesOf(of.refundId);
    if (on.includes(status)) {
      expect(outcome).toBe("done");
      const isRepeat = status === "withdrawn";
      expect(made.filter((one) => does !== null && one.startsWith(`${does}:`))).toHaveLength(
        does && !isRepeat ? 1 : 0,
      );
    } else {
      expect(["refund_decided", "undo_too_late", "refund_not_sending"]).toContain(outcome);
      expect([await rowOf(of.refundNo), await it.sql`SELECT count(*) FROM audit_entries`]).toEqual(before);
      expect(made).toEqual([]);
    }
  });
});

test.each(refundStatuses)(
  "the job takes a turn with one that is %s only if it is to be sent",
  async (status) => {
    const of = await standing(status);
    await it.sql`UPDATE refunds SET send_after = NULL WHERE id = ${of.refundId}`;

    const turn = await takeTurn(it.shop, of.refundId, { force: false });

    expect(turn !== null).toBe(status === "approved" || status === "sending");
    expect(await movesOf(of.refundId)).toEqual(status === "approved" ? ["send: approved → sending"] : []);
  },
);

describe("WeChat's word makes no move that is not in the table", () => {
  const words = ["SUCCESS", "PROCESSING", "CHANGE", "REFUNDCLOSE"] as const;
  const all = words.flatMap((word) => refundStatuses.map((from) => ({ word, from })));
  test.each(all)("$word for one that is $from", async ({ word, from }) => {
    const { order, refundNo, refundId } = await standing(from);
    const { appId, mchId } = it.shop.environment.wechat;
    const facts: RefundFacts = {
      ...{ source: "query", appId, mchId, successAt: null, refundRecvAccout: null },
      ...{ outTradeNo: order.outTradeNo, transactionId: order.transactionId, totalFen: order.totalFen },
      ...{ outRefundNo: refundNo, refundId: `50${refundNo.slice(1)}`, refundFen: 500, status: word },
    };

    const { verdict } = await settleRefund(it.shop, facts, null);

    let at: string = from;
    for (const one of await movesOf(refundId)) {
      const [event, was, becomes] = one.split(/: | → /) as [RefundEvent, RefundStatus, RefundStatus];
      expect(was).toBe(at);
      expect(refundMoves[event].from).toContain(was);
      expect(becomes).toBe(refundMoves[event].to);
      at = becomes;
    }
    expect((await rowOf(refundNo)).status).toBe(at);
    expect(verdict === "applied").toBe(at !== from);
    const [told] =
      await it.sql`SELECT count(*)::int FROM outbox WHERE task = 'refund_changed' AND (payload->>'refundId')::int = ${refundId}`;
    expect(told?.count).toBe(at === from ? 1 : 2); // Asking was told before.
  });
});
