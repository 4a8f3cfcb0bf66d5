import { renameSync, writeFileSync } from "node:fs";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/**
 * What the shop takes its WeChat settings from while no WECHAT_MCH_ID is set. Written at every start, all
 * at once: a reader sees the old file or the new one.
 */
export function writeMerchantFile(sandbox: Sandbox, file: string): void {
  const { identity, addresses, certificates } = sandbox;
  const content = {
    mchId: identity.mchId,
    appId: identity.appId,
    appSecret: identity.appSecret,
    miniAppId: identity.miniAppId,
    miniAppSecret: identity.miniAppSecret,
    apiKey: identity.apiKey,
    signType: "HMAC-SHA256",
    appKey: identity.appKey,
    certFile: certificates.files.merchantCertificate,
    keyFile: certificates.files.merchantKey,
    caFile: certificates.files.ca,
    payUrl: addresses.apiUrl,
    apiUrl: addresses.apiUrl,
    openUrl: addresses.webUrl,
    webUrl: addresses.webUrl,
    pushToken: identity.pushToken,
    encodingAesKey: identity.encodingAesKey,
  };
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
