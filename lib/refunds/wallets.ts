/** What WeChat calls the buyer's own wallets in refund_recv_accout. Anything else there is a bank card by its name. */
export const wallets: ReadonlyMap<string, "balance" | "miniFund"> = new Map([
  ["支付用户零钱", "balance"],
  ["支付用户零钱通", "miniFund"],
]);
