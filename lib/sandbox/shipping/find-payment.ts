import { deliveryFactsOf } from "@/lib/sandbox/ledger/delivery-facts";
import { findOrder, type Order } from "@/lib/sandbox/ledger/orders";
import { refundSumsOf } from "@/lib/sandbox/ledger/refunds";
import { findTransaction, type Transaction, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { shippingError } from "@/lib/sandbox/shipping/shipping-error";
import { readShippingSettings } from "@/lib/sandbox/shipping/shipping-settings";

/** How the calls name a payment: WeChat's own number, or the merchant's with who the merchant is. */
export type PaymentKey = { transactionId: string } | { mchId: string; outTradeNo: string };
export type Payment = { order: Order; transaction: Transaction };

/**
 * The payment as this service knows it: made with the token's own appid, and not in this very moment.
 * 10060001 for anything else, as WeChat says it of all of them.
 */
export function findPayment(sandbox: Sandbox, input: { appId: string; key: PaymentKey }): Payment {
  const { ledger, clock, identity } = sandbox;
  const { key } = input;
  if ("mchId" in key && key.mchId !== identity.mchId) throw shippingError(10060001);
  const transaction =
    "transactionId" in key
      ? findTransaction(ledger, key.transactionId)
      : transactionsOf(ledger, key.outTradeNo)[0];
  const order = transaction && findOrder(ledger, transaction.outTradeNo);
  if (!transaction || order?.appId !== input.appId) throw shippingError(10060001);
  const knownAt = transaction.paidAt + clock.scaled(readShippingSettings(ledger).knownAfterMs);
  if (knownAt > clock.now()) throw shippingError(10060001);
  return { order, transaction };
}

/** 3 confirmed and 4 completed by the buyer, 5 paid back in full; null while the goods decide it. */
export function endOf({ ledger }: Sandbox, { transaction }: Payment): 3 | 4 | 5 | null {
  const { transactionId, totalFen } = transaction;
  if (refundSumsOf(ledger, transactionId).succeededFen >= totalFen) return 5;
  return deliveryFactsOf(ledger, transactionId).confirmedState;
}
