import { createHash } from "node:crypto";
import type { Prepared } from "@/lib/environment/prepared";
import type { Variables } from "@/lib/environment/variables";
import { whyWeak } from "@/lib/environment/weak-secret";
import { refuseWeak } from "@/lib/environment/wechat";

type Mode = { real: boolean; prepared: Prepared };

/** What sessions and links are signed with. */
export function readAuthSecret(from: Variables, { real, prepared }: Mode): string {
  const given = from.find("AUTH_SECRET");
  if (real && !given)
    from.refuse("AUTH_SECRET", "is missing: 32 random characters or more, `openssl rand -hex 32`");
  if (real) refuseWeak(from, "AUTH_SECRET", 32);
  if (!real && !given && !prepared.secrets)
    from.refuse("AUTH_SECRET", "is missing, and none was made here: use `npm start`");
  return given ?? prepared.secrets?.authSecret ?? "";
}

/** What secrets at rest are encrypted with: 32 bytes as base64 or hexadecimal digits; a longer text is hashed to them. */
export function readDataKey(from: Variables, { real, prepared }: Mode): string {
  const given = from.find("DATA_KEY");
  if (given === null) {
    if (real) from.refuse("DATA_KEY", "is missing: 32 random bytes in base64, `openssl rand -base64 32`");
    else if (!prepared.secrets)
      from.refuse("DATA_KEY", "is missing, and none was made here: use `npm start`");
    return prepared.secrets?.dataKey ?? "";
  }
  const bytes = decodeKey(given);
  const reason = real ? (whyWeak(given, 1) ?? (bytes && whyWeakBytes(bytes))) : null;
  if (reason) from.refuse("DATA_KEY", reason);
  else if (!bytes)
    from.refuse("DATA_KEY", "must be 32 random bytes in base64 (44 characters), or 32 characters at least");
  else if (real && bytes.toString("base64") === prepared.secrets?.dataKey)
    from.refuse("DATA_KEY", "was made for the sandbox");
  return bytes?.toString("base64") ?? "";
}

function decodeKey(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return Buffer.from(text, "base64");
  return text.length >= 32 ? createHash("sha256").update(text).digest() : null;
}

/** Of 32 random bytes about 30 differ; bytes that are a typed text are judged as one. */
function whyWeakBytes(bytes: Buffer): string | null {
  if (new Set(bytes).size < 16) return "repeats itself: make a random one";
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? whyWeak(bytes.toString("latin1"), 32) : null;
}
