import type { SandboxProcess } from "@/tests/support/sandbox";
import { signAgain } from "@/tests/support/sandbox-call";

/** What a shop's page gives to getBrandWCPayRequest, signed anew from the description. */
export function jsapiParametersFor(sandbox: SandboxProcess, prepayId: string, signType: string) {
  const signed = {
    appId: sandbox.merchant.appId,
    timeStamp: String(Math.floor(Date.now() / 1000)),
    nonceStr: "n0nce",
    package: `prepay_id=${prepayId}`,
    signType,
  };
  return { ...signed, paySign: signAgain(signed, sandbox.merchant.apiKey, signType) };
}
