import { loadEnvironment } from "@/lib/environment/load";
import { AppError, problemStatus } from "@/lib/http/app-error";
import { errorText } from "@/lib/http/error-facts";
import { type Approval, approveRefund } from "@/lib/refunds/approve-refund";
import { climbRefundLadder } from "@/lib/refunds/climb-refund-ladder";
import { requestRefund } from "@/lib/refunds/request-refund";
import { sendRefund } from "@/lib/refunds/send-refund";
import { openShop } from "@/lib/shop";

/**
 * A process of its own that calls what staff reach by server actions and the worker by its jobs. It is told which
 * verb through the process channel and answers what a person would be told. `refund-process.ts` starts it.
 */
export type RefundCall =
  | { verb: "approve"; of: Approval }
  | { verb: "request"; of: Parameters<typeof requestRefund>[1] }
  | { verb: "send" | "climb"; of: { refundId: number } };

const shop = openShop(loadEnvironment());

process.on("message", async (call: RefundCall) => {
  process.send?.(await make(call).catch(refusal));
});
process.once("SIGTERM", async () => {
  await shop.close();
  process.exit(0);
});
process.send?.("ready");

async function make(call: RefundCall): Promise<string> {
  switch (call.verb) {
    case "approve": {
      const { status, waitsForSecond } = await approveRefund(shop, call.of);
      return waitsForSecond ? "waits for a second person" : status;
    }
    case "request":
      return (await requestRefund(shop, call.of)).status;
    case "send":
      await sendRefund(shop, call.of.refundId);
      return "done";
    case "climb":
      await climbRefundLadder(shop, call.of.refundId);
      return "done";
  }
}

/** As the API would put it: "409 refund_decided". */
function refusal(error: unknown): string {
  return error instanceof AppError ? `${problemStatus[error.code]} ${error.code}` : `500 ${errorText(error)}`;
}
