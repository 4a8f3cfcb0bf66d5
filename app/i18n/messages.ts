import type { Locale } from "@/lib/http/locale";
import addressesEn from "@/messages/en/addresses.json";
import alarmsEn from "@/messages/en/alarms.json";
import auditEn from "@/messages/en/audit.json";
import cartEn from "@/messages/en/cart.json";
import commonEn from "@/messages/en/common.json";
import deskEn from "@/messages/en/desk.json";
import exportsEn from "@/messages/en/exports.json";
import homeEn from "@/messages/en/home.json";
import listsEn from "@/messages/en/lists.json";
import meEn from "@/messages/en/me.json";
import membersEn from "@/messages/en/members.json";
import orderEn from "@/messages/en/order.json";
import problemsEn from "@/messages/en/problems.json";
import productsEn from "@/messages/en/products.json";
import setupEn from "@/messages/en/setup.json";
import shopEn from "@/messages/en/shop.json";
import staffEn from "@/messages/en/staff.json";
import addressesZh from "@/messages/zh-CN/addresses.json";
import alarmsZh from "@/messages/zh-CN/alarms.json";
import auditZh from "@/messages/zh-CN/audit.json";
import cartZh from "@/messages/zh-CN/cart.json";
import commonZh from "@/messages/zh-CN/common.json";
import deskZh from "@/messages/zh-CN/desk.json";
import exportsZh from "@/messages/zh-CN/exports.json";
import homeZh from "@/messages/zh-CN/home.json";
import listsZh from "@/messages/zh-CN/lists.json";
import meZh from "@/messages/zh-CN/me.json";
import membersZh from "@/messages/zh-CN/members.json";
import orderZh from "@/messages/zh-CN/order.json";
import problemsZh from "@/messages/zh-CN/problems.json";
import productsZh from "@/messages/zh-CN/products.json";
import setupZh from "@/messages/zh-CN/setup.json";
import shopZh from "@/messages/zh-CN/shop.json";
import staffZh from "@/messages/zh-CN/staff.json";
import { compileTexts } from "./compile-texts";

const chinese = {
  me: meZh,
  addresses: addressesZh,
  cart: cartZh,
  common: commonZh,
  shop: shopZh,
  desk: deskZh,
  alarms: alarmsZh,
  problems: problemsZh,
  home: homeZh,
  lists: listsZh,
  order: orderZh,
  products: productsZh,
  members: membersZh,
  staff: staffZh,
  audit: auditZh,
  setup: setupZh,
  exports: exportsZh,
};
export type Messages = typeof chinese;

const english: Messages = {
  me: meEn,
  addresses: addressesEn,
  cart: cartEn,
  common: commonEn,
  shop: shopEn,
  desk: deskEn,
  alarms: alarmsEn,
  problems: problemsEn,
  home: homeEn,
  lists: listsEn,
  order: orderEn,
  products: productsEn,
  members: membersEn,
  staff: staffEn,
  audit: auditEn,
  setup: setupEn,
  exports: exportsEn,
};

const compiled: Record<Locale, Messages> = { "zh-CN": compileTexts(chinese), en: compileTexts(english) };

export function messagesOf(locale: Locale): Messages {
  return compiled[locale];
}
