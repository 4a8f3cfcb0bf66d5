import { isDesktop, type Place } from "@/app/(shop)/wechat/place";
import type { TradeType } from "@/lib/db/schema/payments";

export type Ways = {
  /** What works where the page seems to be open, the likeliest first. */
  ways: TradeType[];
  /** What works when it turns out that WeChat's app is not around it. */
  outside: TradeType[];
};

/** WeChat refuses H5 inside its own apps, and takes no payments from a page in WeCom, a mini program or before 5.0. */
const byPlace: Record<Place, TradeType[]> = {
  wechat: ["JSAPI", "NATIVE"],
  oldWechat: ["NATIVE"],
  desktopWechat: ["NATIVE", "JSAPI"],
  wecom: ["MWEB", "NATIVE"],
  miniProgram: ["NATIVE"],
  phoneBrowser: ["MWEB", "NATIVE"],
  desktopBrowser: ["NATIVE"],
};

/** The ways to pay from a place. It is a guess: whatever is chosen, WeChat has the last word. In the sandbox all work everywhere. */
export function waysToPay(place: Place, { sandbox }: { sandbox: boolean }): Ways {
  const outside: TradeType[] = isDesktop(place) ? ["NATIVE"] : ["MWEB", "NATIVE"];
  const likely = byPlace[place];
  if (!sandbox) return { ways: likely, outside };
  return { ways: [...new Set([...likely.slice(0, 1), ...allWays])], outside };
}

const allWays: TradeType[] = ["JSAPI", "MWEB", "NATIVE"];
