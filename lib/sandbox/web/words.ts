import { type Html, html } from "@/lib/sandbox/html";
import { consoleTexts } from "@/lib/sandbox/web/console-texts";
import type { Text } from "@/lib/sandbox/web/language";
import type { Visit } from "@/lib/sandbox/web/visit";
import { toBeijingText } from "@/lib/wechat/beijing-time";

/** ¥ with two decimals, from fen, without ever being a float. */
export function yuan(fen: number): string {
  const digits = String(fen).padStart(3, "0");
  return `¥${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Beijing time, as the shop and WeChat write it. */
export function beijing(at: number): string {
  return toBeijingText(new Date(at));
}

export const tradeTypes: Record<string, Text> = {
  JSAPI: { zh: "公众号 / 小程序", en: "In WeChat (JSAPI)" },
  MWEB: { zh: "手机网页 H5", en: "Mobile web (H5)" },
  NATIVE: { zh: "扫码", en: "QR code" },
};

export const tradeStates: Record<string, Text> = {
  SUCCESS: { zh: "已支付", en: "Paid" },
  REFUND: { zh: "已支付，有退款", en: "Paid, with a refund" },
  NOTPAY: { zh: "未支付", en: "Unpaid" },
  CLOSED: { zh: "已关闭", en: "Closed" },
};

/** How the last form went, after the redirect. */
export function said(visit: Visit): Html | null {
  const text = visit.url.searchParams.get("said");
  if (!text) return null;
  const bad = visit.url.searchParams.has("bad");
  const words = bad ? text.slice(0, 200) : consoleTexts.saidDone[visit.language];
  return html`<p class="said${bad ? html` bad` : null}" role="status">${words}</p>`;
}
