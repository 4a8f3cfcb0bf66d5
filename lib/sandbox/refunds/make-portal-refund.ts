import { inOneStep } from "@/lib/sandbox/ledger/open-ledger";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import { newPortalRefundNo, type Refund } from "@/lib/sandbox/ledger/refunds";
import { findTransaction, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { refuse } from "@/lib/sandbox/pay-api/refusals";
import { acceptRefund } from "@/lib/sandbox/refunds/accept-refund";
import type { RefundPlan } from "@/lib/sandbox/refunds/refund-plan";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/**
 * A person refunds by hand in the merchant platform: WeChat makes up the number, and the shop learns of it by
 * the notification. Throws the Refusal that a broken rule earns.
 */
export function makePortalRefund(
  sandbox: Sandbox,
  input: RefundPlan & { outTradeNo?: string; transactionId?: string; refundFen: number; recharge?: boolean },
): Refund {
  const { outTradeNo, transactionId, refundFen, recharge, ...plan } = input;
  const { ledger, clock } = sandbox;
  const refund = inOneStep(ledger, () => {
    const transaction = transactionId
      ? findTransaction(ledger, transactionId)
      : transactionsOf(ledger, outTradeNo ?? "")[0];
    const order = transaction && findOrder(ledger, transaction.outTradeNo);
    if (!transaction || !order) throw refuse("ORDERNOTEXIST");
    return acceptRefund(sandbox, {
      order,
      transaction,
      outRefundNo: newPortalRefundNo(clock.now()),
      refundFen,
      account: recharge ? "REFUND_SOURCE_RECHARGE_FUNDS" : "REFUND_SOURCE_UNSETTLED_FUNDS",
      source: "VENDOR_PLATFORM",
      description: null,
      notifyUrl: undefined,
      plan,
    });
  });
  sandbox.settler.wake();
  return refund;
}
