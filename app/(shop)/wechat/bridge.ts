/** WeChat's app, as a page inside it can reach it. Source: WeChat Pay "JSAPI调起支付", JS-SDK 1.6.0 (decision 030). */
export type BridgeAnswer = Record<string, unknown>;

type Bridge = {
  invoke(name: string, parameters: object, callback: (answer: BridgeAnswer) => void): void;
};
type BridgeWindow = Window & { WeixinJSBridge?: Bridge };

const bridgeComesWithinMs = 5000; // Inside WeChat it is there within a second, also on slow phones.

/** Asks WeChat's app. Null: this page is not open inside it. Resolves when the app has answered, be it in an hour. */
export async function callBridge(name: string, parameters: object): Promise<BridgeAnswer | null> {
  const bridge = await findBridge();
  return bridge && new Promise((resolve) => bridge.invoke(name, parameters, resolve));
}

/** Null where WeChat's app is not around the page. Waits for it once: who asks later knows at once. */
export async function findBridge(page: BridgeWindow = window): Promise<Bridge | null> {
  arrival ??= new Promise((resolve) => {
    if (page.WeixinJSBridge) return resolve();
    document.addEventListener("WeixinJSBridgeReady", () => resolve(), { once: true });
    setTimeout(resolve, bridgeComesWithinMs);
  });
  if (!page.WeixinJSBridge) await arrival;
  return page.WeixinJSBridge ?? null;
}

let arrival: Promise<void> | null = null;

/** Older web views of mini programs say it only so. Source: 小程序 "web-view". */
export function isMiniProgram(page: Window & { __wxjs_environment?: string } = window): boolean {
  return page.__wxjs_environment === "miniprogram";
}

/** What came of it: the part after the name, which WeChat's apps do not spell alike. */
export function wordOf({ err_msg, errMsg }: BridgeAnswer): "ok" | "cancel" | "fail" {
  const word = String(err_msg ?? errMsg).split(":")[1];
  if (word === "ok" || word === "confirm") return "ok";
  return word === "cancel" ? "cancel" : "fail";
}
