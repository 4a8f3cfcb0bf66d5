import { isIP } from "node:net";
import type { Variables } from "@/lib/environment/variables";

/** Addresses and CIDRs of the proxies whose X-Forwarded-For is believed. */
export function readTrustedProxies(from: Variables): string[] {
  const entries = (from.find("TRUSTED_PROXIES") ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  const wrong = entries.filter((entry) => !isAddressOrCidr(entry));
  if (wrong.length > 0) {
    from.refuse(
      "TRUSTED_PROXIES",
      `must be addresses or CIDRs with commas between, such as 10.0.0.0/8, ::1; not ${wrong.join(", ")}`,
    );
  }
  return entries;
}

function isAddressOrCidr(entry: string): boolean {
  const [address = "", prefix, ...rest] = entry.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes("%")) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
