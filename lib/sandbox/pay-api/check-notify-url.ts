import { isIP } from "node:net";
import { refuse } from "@/lib/sandbox/pay-api/refusals";

/** Absolute, without query or fragment; https unless the host is a private one, as a shop under development is. */
export function checkNotifyUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw refuse("PARAM_ERROR", "notify_url");
  if (text.includes("?") || text.includes("#")) throw refuse("PARAM_ERROR", "notify_url不能携带参数");
  if (url.username || url.password) throw refuse("PARAM_ERROR", "notify_url");
  if (url.protocol === "http:" && !isPrivateHost(url.hostname))
    throw refuse("PARAM_ERROR", "notify_url须为https");
}

const privateAddress = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|169\.254\.)/;
const reservedName = /\.(?:localhost|local|test|example|invalid|internal|lan)$/;

function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) === 6) return host === "::1" || /^f[cd]/.test(host) || host.startsWith("fe80:");
  if (isIP(host) === 4) return privateAddress.test(host);
  return !host.includes(".") || reservedName.test(host);
}
