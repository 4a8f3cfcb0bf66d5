import type { FoundRefund } from "@/lib/refunds/find-refund";

/** What staff can do about each of WeChat's refusals of a refund. Source: the error table of APIv2 "申请退款". */
const remedies = {
  notEnough: ["NOTENOUGH"],
  again: [
    "SYSTEMERROR",
    "BIZERRNEEDRETRY",
    "TIMEOUT",
    "NETWORK",
    "HTTPSTATUS",
    "UNREADABLE",
    "TOOLARGE",
    "INCOMPLETE",
    "REFUNDNOTEXIST",
  ],
  slower: ["FREQUENCYLIMITED", "INVALIDREQTOOMUCH"],
  overdue: ["TRADEOVERDUE"],
  account: ["USERACCOUNTABNORMAL"],
  number: ["INVALIDTRANSACTIONID", "ORDERNOTEXIST"],
  amount: ["PARAMERROR", "ERROR", "INVALIDREQUEST"],
  certificate: ["CERTERROR"],
  settings: [
    "SIGNERROR",
    "APPIDNOTEXIST",
    "MCHIDNOTEXIST",
    "APPIDMCHIDNOTMATCH",
    "NOAUTH",
    "UNVERIFIED",
    "NOTOURS",
    "RETURNFAIL",
  ],
} as const;

export type Remedy = keyof typeof remedies | "other";

/** What to do about a refund that stands here. What is only for a person to pay says so once it is a person's. */
export function remedyFor({
  status,
  errorCode,
  refusal,
}: Pick<FoundRefund["refund"], "status" | "refusal"> & { errorCode: string }): Remedy {
  const remedy = remedyOf(errorCode);
  if (status !== "sending" || (remedy !== "overdue" && remedy !== "account")) return remedy;
  return refusal === "person" ? "amount" : "again";
}

/** Codes appear with and without underscores. */
export function remedyOf(code: string): Remedy {
  const spelled = code.toUpperCase().replaceAll("_", "");
  for (const [remedy, codes] of Object.entries(remedies))
    if (codes.some((one) => one === spelled)) return remedy as Remedy;
  return "other";
}
