import type { TradeType } from "@/lib/db/schema/payments";

/**
 * The ways to pay from where the page is open, the likeliest first. The user agent is a hint and no more: whatever
 * is chosen, WeChat has the last word. In sandbox mode all three work everywhere.
 */
export function waysToPay(userAgent: string, { sandbox }: { sandbox: boolean }): TradeType[] {
  const likely = likeliest(userAgent);
  if (sandbox) return [likely, ...allWays.filter((way) => way !== likely)];
  const elsewhere = likely === "JSAPI" ? [] : (["MWEB"] as const);
  const possible = new Set<TradeType>([likely, "NATIVE", ...(isMobile(userAgent) ? elsewhere : [])]);
  return [...possible];
}

const allWays: TradeType[] = ["JSAPI", "MWEB", "NATIVE"];

function likeliest(userAgent: string): TradeType {
  if (isWechat(userAgent)) return "JSAPI";
  return isMobile(userAgent) ? "MWEB" : "NATIVE";
}

/** WeCom and a mini program's web view carry WeChat's name but cannot pay this way. */
function isWechat(userAgent: string): boolean {
  return /MicroMessenger\//i.test(userAgent) && !/wxwork|miniProgram/i.test(userAgent);
}

function isMobile(userAgent: string): boolean {
  return /Android|iPhone|iPad|iPod|HarmonyOS|Mobile/i.test(userAgent);
}
