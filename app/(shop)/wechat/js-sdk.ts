import { callBridge, wordOf } from "./bridge";
import type { Card } from "./card";
import { permit } from "./permit";

/**
 * What pages ask WeChat's app for, in the words of its JS-SDK 1.6.0 (decision 030). Loaded as a chunk of its own, inside
 * WeChat only. Nothing here is ever shown to a buyer: what cannot be had is not offered.
 */

let newest: Card | null = null;

/** To a friend, and on Moments, which shows no text. */
export async function showCard(card: Card): Promise<void> {
  newest = card;
  const granted = await permit();
  if (!granted || newest !== card) return; // The buyer has gone on to another page.
  const { title, text, link, picture } = card;
  await callBridge("updateAppMessageShareData", { title, desc: text, link, imgUrl: picture, ...granted });
  await callBridge("updateTimelineShareData", { title, link, imgUrl: picture, ...granted });
}

export async function canPickAddress(): Promise<boolean> {
  return (await permit()) !== null;
}

export type PickedAddress = Record<"name" | "phone" | "province" | "city" | "district" | "address", string>;

/**
 * `wx.openAddress`: the buyer chooses among the addresses that WeChat keeps. What WeChat leaves out is empty: cities
 * without districts have none, and some addresses lack theirs.
 */
export async function pickAddress(): Promise<PickedAddress | "cancelled" | "failed"> {
  const granted = await permit();
  const answer = granted && (await callBridge("editAddress", granted));
  if (!answer) return "failed";
  const word = wordOf(answer);
  if (word !== "ok") return word === "cancel" ? "cancelled" : "failed";
  const text = (...names: string[]) => {
    const found = names.map((name) => answer[name]).find((value) => typeof value === "string");
    return typeof found === "string" ? found.trim() : "";
  };
  // First as the app says it, then as WeChat's documents do; "countryName" is the district (国标收货地址第三级).
  return {
    name: text("userName"),
    phone: text("telNumber"),
    province: text("proviceFirstStageName", "provinceName"),
    city: text("addressCitySecondStageName", "cityName"),
    district: text("addressCountiesThirdStageName", "countryName", "countyName"),
    address: text("addressDetailInfo", "detailInfo"),
  };
}
