import addressesEn from "@/messages/en/addresses.json";
import cartEn from "@/messages/en/cart.json";
import meEn from "@/messages/en/me.json";
import en from "@/messages/en/shop.json";
import addressesZh from "@/messages/zh-CN/addresses.json";
import cartZh from "@/messages/zh-CN/cart.json";
import meZh from "@/messages/zh-CN/me.json";
import zh from "@/messages/zh-CN/shop.json";

/** What a buyer reads: tests look for the words of the catalogue, so that they hold in both languages. */
export const words = {
  "zh-CN": { ...zh, cart: cartZh, addresses: addressesZh, me: meZh },
  en: { ...en, cart: cartEn, addresses: addressesEn, me: meEn },
};
export type Words = (typeof words)["zh-CN"];
