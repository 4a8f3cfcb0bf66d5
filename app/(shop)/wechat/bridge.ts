/** WeChat's app, as a page inside it can reach it. Source: WeChat Pay "JSAPI调起支付", JS-SDK 1.6.0 (decision 030). */
export type BridgeAnswer = Record<string, unknown> & { err_msg: string };

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

export function findBridge(page: BridgeWindow = window): Promise<Bridge | null> {
  if (page.WeixinJSBridge) return Promise.resolve(page.WeixinJSBridge);
  return new Promise((resolve) => {
    const given = () => resolve(page.WeixinJSBridge ?? null);
    document.addEventListener("WeixinJSBridgeReady", given, { once: true });
    setTimeout(given, bridgeComesWithinMs);
  });
}

/** What came of it: the part after the name, which WeChat's apps do not spell alike. */
export function wordOf({ err_msg }: BridgeAnswer): "ok" | "cancel" | "fail" {
  const word = err_msg.split(":")[1];
  if (word === "ok" || word === "confirm") return "ok";
  return word === "cancel" ? "cancel" : "fail";
}
