import type { NotificationKind, NotificationVerdict } from "@/lib/db/schema/notifications";

export type SignatureVerdict = "valid" | "decrypted" | "weaker" | "invalid" | "unreadable" | "unverified";

/**
 * What a message proved of its sender when it came in. Refund results of APIv2 bear no signature: that our key
 * decrypts them is the proof.
 */
export function signatureVerdict(of: {
  kind: NotificationKind;
  verdict: NotificationVerdict;
}): SignatureVerdict {
  switch (of.verdict) {
    case "forged":
      return "invalid";
    case "malformed":
      return "unreadable";
    case "unverified":
      return "unverified";
    case "weaker_signature":
      return "weaker";
    default:
      return of.kind === "refund" ? "decrypted" : "valid";
  }
}
