import type { PrepayParameters } from "@/lib/wechat/prepay-parameters";
import { callBridge, wordOf } from "../../../wechat/bridge";

export type BridgeResult = { word: "ok" | "cancel" | "fail"; reason: string | null } | "no_bridge";

/** WeChat's own payment sheet. Its `ok` says what the payer saw; whether money came, only our server knows. */
export async function invokeBridge(parameters: PrepayParameters): Promise<BridgeResult> {
  const answer = await callBridge("getBrandWCPayRequest", parameters);
  if (!answer) return "no_bridge";
  const { err_desc } = answer;
  return { word: wordOf(answer), reason: typeof err_desc === "string" ? err_desc : null };
}
