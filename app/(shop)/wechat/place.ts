/**
 * Where a page is open, as far as the user agent tells: a hint and no more, WeChat has the last word.
 * Source: WeChat Pay "JSAPI支付" (payment since 5.0), the names that WeChat's own apps give themselves.
 */
export type Place =
  | "wechat"
  | "oldWechat"
  | "desktopWechat"
  | "wecom"
  | "miniProgram"
  | "phoneBrowser"
  | "desktopBrowser";

export function placeOf(userAgent: string): Place {
  const version = /MicroMessenger\/(\d+)/i.exec(userAgent)?.[1];
  if (version === undefined) return isMobile(userAgent) ? "phoneBrowser" : "desktopBrowser";
  // WeCom and a mini program's web view carry WeChat's name but are other places.
  if (/wxwork/i.test(userAgent)) return "wecom";
  if (/miniProgram/i.test(userAgent)) return "miniProgram";
  if (/WindowsWechat|MacWechat/i.test(userAgent)) return "desktopWechat";
  return Number(version) < 5 ? "oldWechat" : "wechat";
}

/** Whether WeChat's app takes questions of a page there, signed by the official account. */
export function hasJsSdk(place: Place): boolean {
  return place === "wechat" || place === "desktopWechat";
}

/** As far as the user agent tells, none of WeChat's apps. */
export function isBrowser(place: Place): boolean {
  return place === "phoneBrowser" || place === "desktopBrowser";
}

export function isDesktop(place: Place): boolean {
  return place === "desktopBrowser" || place === "desktopWechat";
}

function isMobile(userAgent: string): boolean {
  return /Android|iPhone|iPad|iPod|HarmonyOS|Mobile/i.test(userAgent);
}
