import type { Shop } from "@/lib/shop";
import { queryAllRefunds } from "@/lib/wechat/refund-query";
import { readReceipt, settleAnswer } from "./query-refund";

/**
 * Asks WeChat for every refund of a receipt, page by page: those that were made in the portal, and whose notification
 * never came, become rows. Throws `WechatError`; as a job it is run again.
 */
export async function findRefunds(shop: Shop, receiptId: number): Promise<void> {
  const receipt = await readReceipt(shop, receiptId);
  const answer = await queryAllRefunds(shop.merchant, {
    appId: receipt.appid,
    signType: receipt.signType,
    transactionId: receipt.transactionId,
  });
  if (answer) await settleAnswer(shop, receipt, answer);
}
