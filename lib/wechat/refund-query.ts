/** 查询退款: what WeChat knows of one refund, or of all refunds of one transaction. Source: WeChat Pay APIv2 "查询退款". */
import { fromBeijingText } from "@/lib/wechat/beijing-time";
import { unknownResult } from "@/lib/wechat/errors";
import { readFen } from "@/lib/wechat/fen";
import { type Merchant, postXml } from "@/lib/wechat/merchant";
import { hasCode } from "@/lib/wechat/remedies";
import { isOutRefundNo, isOutTradeNo, isTransactionId } from "@/lib/wechat/shapes";
import type { SignType } from "@/lib/wechat/signature";
import type { Fields } from "@/lib/wechat/xml";

/** CHANGE: the card is dead and the merchant acts in the portal, it may still succeed. REFUNDCLOSE: the money is back, a new refund is needed. */
const statuses = ["SUCCESS", "PROCESSING", "CHANGE", "REFUNDCLOSE"] as const;

/** The most refunds in one answer, newest first. */
const refundPageSize = 10;

export type QueriedRefund = {
  outRefundNo: string; // Not ours when the refund was made by hand in the portal.
  refundId: string;
  refundFen: number;
  settlementRefundFen: number | null; // 0 when vouchers paid all of it.
  status: (typeof statuses)[number];
  refundRecvAccout: string | null; // WeChat's spelling: where the money went.
  channel: string | null;
  refundAccount: string | null;
  successAt: Date | null;
};

/** What refunds can be asked for by. */
type RefundNumber = { outRefundNo: string } | { transactionId: string } | { outTradeNo: string };

export type RefundQueryAnswer = {
  transactionId: string;
  outTradeNo: string;
  totalFen: number;
  /** Of the transaction. Asked for by our number WeChat may leave it out: then it counts what was answered. */
  totalCount: number;
  refunds: QueriedRefund[];
};

/**
 * Asks by our number: exactly that refund; or by transaction or payment: at most ten from `offset` on, newest first.
 * Null: WeChat knows of none (REFUNDNOTEXIST), submit it again with the same number. Throws `WechatError` when
 * WeChat does not answer the question, and when one value of the answer is missing or not as documented.
 */
export async function queryRefunds(
  merchant: Merchant,
  of: {
    appId: string;
    signType: SignType;
    by: RefundNumber;
    offset?: number;
    nonce?: string;
  },
): Promise<RefundQueryAnswer | null> {
  // The total comes only where an offset was sent.
  const offset = of.offset ?? ("outRefundNo" in of.by ? undefined : 0);
  const request: Record<string, string> = {
    appid: of.appId,
    mch_id: merchant.mchId,
    nonce_str: of.nonce ?? merchant.nonce(),
    sign_type: of.signType,
    ...numberOf(of.by),
    ...(offset !== undefined && { offset: String(offset) }),
  };
  try {
    const fields = await postXml(merchant, { name: "refundquery", path: "/pay/refundquery", request });
    const answer = readAnswer(fields, offset ?? 0);
    requireAsked(answer, of.by);
    return answer;
  } catch (error) {
    if (hasCode(error, "REFUNDNOTEXIST")) return null;
    throw error;
  }
}

function numberOf(by: RefundNumber): Record<string, string> {
  if ("outRefundNo" in by) return { out_refund_no: by.outRefundNo };
  return "transactionId" in by ? { transaction_id: by.transactionId } : { out_trade_no: by.outTradeNo };
}

/**
 * All refunds of one transaction, page by page. Ones made meanwhile push the others to later pages, so only a list
 * that told the same total on every page and has that many different refunds is believed; else it is read again.
 * Null: there are none. Throws `WechatError`, also when the list does not hold still or is longer than WeChat allows.
 */
export async function queryAllRefunds(
  merchant: Merchant,
  of: { appId: string; signType: SignType; transactionId: string },
): Promise<RefundQueryAnswer | null> {
  for (let reading = 1; reading <= mostReadings; reading += 1) {
    const answer = await readAllPages(merchant, of);
    if (answer !== "changed") return answer;
  }
  throw unknownResult("INCOMPLETE", "the refunds changed while they were read");
}

const mostReadings = 3; // Refunds of one order are a minute apart: a list that changes more often is broken.
const mostRefunds = 50; // WeChat's own limit for one order.

async function readAllPages(
  merchant: Merchant,
  { transactionId, ...of }: { appId: string; signType: SignType; transactionId: string },
): Promise<RefundQueryAnswer | "changed" | null> {
  const first = await queryRefunds(merchant, { ...of, by: { transactionId } });
  if (first === null) return null;
  const { totalCount } = first;
  if (totalCount > mostRefunds)
    throw unknownResult("INCOMPLETE", `the order has more than ${mostRefunds} refunds`);
  const refunds = new Map(first.refunds.map((refund) => [refund.outRefundNo, refund]));
  for (let offset = refundPageSize; offset < totalCount; offset += refundPageSize) {
    const page = await queryPage(merchant, { ...of, by: { transactionId }, offset });
    if (page?.totalCount !== totalCount || page.totalFen !== first.totalFen) return "changed";
    for (const refund of page.refunds) refunds.set(refund.outRefundNo, refund);
  }
  return refunds.size === totalCount ? { ...first, refunds: [...refunds.values()] } : "changed";
}

/** Null: the list has become shorter than the offset, which WeChat calls PARAM_ERROR. */
async function queryPage(merchant: Merchant, of: Parameters<typeof queryRefunds>[1]) {
  try {
    return await queryRefunds(merchant, of);
  } catch (error) {
    if (hasCode(error, "PARAM_ERROR")) return null;
    throw error;
  }
}

function readAnswer(fields: Fields, offset: number): RefundQueryAnswer {
  const transactionId = fields.transaction_id;
  const outTradeNo = fields.out_trade_no;
  const totalFen = readFen(fields.total_fee);
  if (!isTransactionId(transactionId)) throw unreadable("transaction_id");
  if (!isOutTradeNo(outTradeNo)) throw unreadable("out_trade_no");
  if (totalFen === null) throw unreadable("total_fee");
  const count = readCount(fields.refund_count);
  if (count === null || count > refundPageSize) throw unreadable("refund_count");
  if (fields[`out_refund_no_${count}`] !== undefined)
    throw unknownResult("INCOMPLETE", "the answer has more refunds than its refund_count");
  const refunds = Array.from({ length: count }, (_, n) => readRefund(fields, n));
  if (refunds.some(({ refundFen }) => refundFen > totalFen))
    throw unknownResult("INCOMPLETE", "a refund is more than the order's total_fee");
  if (new Set(refunds.map(({ outRefundNo }) => outRefundNo)).size < count)
    throw unknownResult("INCOMPLETE", "the answer has one out_refund_no twice");
  const totalCount = readTotalCount(fields.total_refund_count, { offset, count });
  return { transactionId, outTradeNo, totalFen, totalCount, refunds };
}

function readRefund(fields: Fields, n: number): QueriedRefund {
  const text = (name: string) => fields[`${name}_${n}`] || undefined; // WeChat writes an empty tag for no value.
  const outRefundNo = text("out_refund_no");
  const refundId = text("refund_id");
  const refundFen = readFen(text("refund_fee"));
  const status = statuses.find((known) => known === text("refund_status"));
  const settlement = text("settlement_refund_fee");
  const settlementRefundFen = settlement === "0" ? 0 : readFen(settlement);
  const successTime = text("refund_success_time");
  const successAt = fromBeijingText(successTime ?? "");
  if (!isOutRefundNo(outRefundNo)) throw unreadable(`out_refund_no_${n}`);
  if (!isTransactionId(refundId)) throw unreadable(`refund_id_${n}`);
  if (refundFen === null) throw unreadable(`refund_fee_${n}`);
  if (!status) throw unreadable(`refund_status_${n}`);
  if (settlement !== undefined && settlementRefundFen === null)
    throw unreadable(`settlement_refund_fee_${n}`);
  if (successTime !== undefined && successAt === null) throw unreadable(`refund_success_time_${n}`);
  return {
    outRefundNo,
    refundId,
    refundFen,
    settlementRefundFen,
    status,
    refundRecvAccout: text("refund_recv_accout") ?? null,
    channel: text("refund_channel") ?? null,
    refundAccount: text("refund_account") ?? null,
    successAt,
  };
}

/** It is told of 部分退款, which one refund of everything may not be: what is seen counts as well. */
function readTotalCount(text: string | undefined, page: { offset: number; count: number }): number {
  const seen = page.offset + page.count;
  const told = text ? readCount(text) : 0;
  if (told === null) throw unreadable("total_refund_count");
  if (told < seen && page.count === refundPageSize)
    throw unknownResult("INCOMPLETE", "a full page does not say how many refunds there are");
  return Math.max(told, seen);
}

function requireAsked(answer: RefundQueryAnswer, by: RefundNumber): void {
  if ("outTradeNo" in by) {
    if (answer.outTradeNo !== by.outTradeNo)
      throw unknownResult("NOT_OURS", "the answer's out_trade_no is not what was asked");
    return;
  }
  if ("transactionId" in by) {
    if (answer.transactionId !== by.transactionId)
      throw unknownResult("NOT_OURS", "the answer's transaction_id is not what was asked");
    return;
  }
  const [refund] = answer.refunds;
  if (!refund) throw unknownResult("INCOMPLETE", "the answer does not name the refund");
  if (answer.refunds.length > 1 || refund.outRefundNo !== by.outRefundNo)
    throw unknownResult("NOT_OURS", "the answer's out_refund_no is not what was asked");
}

function readCount(text: string | undefined): number | null {
  return text !== undefined && /^[0-9]{1,4}$/.test(text) ? Number(text) : null;
}

function unreadable(name: string) {
  return unknownResult("INCOMPLETE", `the answer has no readable ${name}`);
}
