import { callBridge, wordOf } from "./bridge";
import { landingUrl } from "./landing-url";

/** What the page shows WeChat's app with every question. */
export type Permit = Record<string, string>;

const wanted = ["updateAppMessageShareData", "updateTimelineShareData", "editAddress"];

let latest: { address: string; granted: Promise<Permit | null> } | null = null;

/** Leave to ask WeChat's app, asked for once an address. Null: there is none to be had, and the page does without. */
export async function permit(): Promise<Permit | null> {
  const current = window.location.href.split("#", 1)[0] ?? "";
  // The app knows a page by the address it was opened with on an iPhone, elsewhere by the one it has now.
  const isApple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);
  const addresses = isApple ? [landingUrl, current] : [current, landingUrl];
  for (const address of new Set(addresses)) {
    const granted = await permitFor(address);
    if (granted) return granted;
  }
  return null;
}

async function permitFor(address: string): Promise<Permit | null> {
  if (latest?.address === address) return latest.granted;
  const asked = { address, granted: askFor(address) };
  latest = asked;
  const granted = await asked.granted;
  if (!granted && latest === asked) latest = null; // A later page may have more luck.
  return granted;
}

/** `wx.config`: the signature is our server's, the app checks it. Source: WeChat 公众平台 "JS-SDK 说明文档", 附录1 and 5. */
async function askFor(address: string): Promise<Permit | null> {
  const signature = await signatureOf(address);
  if (!signature) return null;
  const shown = {
    appId: signature.appId ?? "",
    verifyAppId: signature.appId ?? "",
    verifySignType: "sha1",
    verifyTimestamp: signature.timestamp ?? "",
    verifyNonceStr: signature.nonceStr ?? "",
    verifySignature: signature.signature ?? "",
  };
  const answer = await callBridge("preVerifyJSAPI", { verifyJsApiList: wanted, ...shown });
  return answer && wordOf(answer) === "ok" ? shown : null;
}

async function signatureOf(address: string): Promise<Record<string, string> | null> {
  try {
    const response = await fetch(`/api/wechat/js-sdk?url=${encodeURIComponent(address)}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null; // No network; nobody waits for this.
  }
}
