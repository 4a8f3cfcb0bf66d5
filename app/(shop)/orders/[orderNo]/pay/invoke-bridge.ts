import type { PrepayParameters } from "@/lib/wechat/prepay-parameters";

type BridgeAnswer = { err_msg: string; err_desc?: string };
type Bridge = {
  invoke(name: string, parameters: PrepayParameters, callback: (answer: BridgeAnswer) => void): void;
};
type BridgeWindow = Window & { WeixinJSBridge?: Bridge };

export type BridgeResult = { word: "ok" | "cancel" | "fail"; reason: string | null } | "no_bridge";

const bridgeComesWithinMs = 5000; // Inside WeChat it is there within a second, also on slow phones.

/** WeChat's own payment sheet. Its `ok` says what the payer saw; whether money came, only our server knows. */
export async function invokeBridge(parameters: PrepayParameters): Promise<BridgeResult> {
  const bridge = await bridgeOf(window);
  if (!bridge) return "no_bridge";
  return new Promise((resolve) => {
    bridge.invoke("getBrandWCPayRequest", parameters, ({ err_msg, err_desc }) => {
      const word = err_msg.split(":")[1];
      resolve({ word: word === "ok" || word === "cancel" ? word : "fail", reason: err_desc ?? null });
    });
  });
}

function bridgeOf(page: BridgeWindow): Promise<Bridge | null> {
  if (page.WeixinJSBridge) return Promise.resolve(page.WeixinJSBridge);
  return new Promise((resolve) => {
    const given = () => resolve(page.WeixinJSBridge ?? null);
    document.addEventListener("WeixinJSBridgeReady", given, { once: true });
    setTimeout(given, bridgeComesWithinMs);
  });
}
