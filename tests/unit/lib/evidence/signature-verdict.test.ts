import { expect, test } from "vitest";
import { notificationVerdicts } from "@/lib/db/schema/notifications";
import { signatureVerdict } from "@/lib/evidence/signature-verdict";

const unproven = {
  forged: "invalid",
  malformed: "unreadable",
  unverified: "unverified",
  weaker_signature: "weaker",
};

test.each(notificationVerdicts)("a message with the verdict %s", (verdict) => {
  const known = unproven[verdict as keyof typeof unproven];

  expect(signatureVerdict({ kind: "payment", verdict })).toBe(known ?? "valid");
  expect(signatureVerdict({ kind: "refund", verdict })).toBe(known ?? "decrypted");
});
