import type { Locale } from "@/lib/http/locale";
import alarmsEn from "@/messages/en/alarms.json";
import commonEn from "@/messages/en/common.json";
import deskEn from "@/messages/en/desk.json";
import problemsEn from "@/messages/en/problems.json";
import shopEn from "@/messages/en/shop.json";
import alarmsZh from "@/messages/zh-CN/alarms.json";
import commonZh from "@/messages/zh-CN/common.json";
import deskZh from "@/messages/zh-CN/desk.json";
import problemsZh from "@/messages/zh-CN/problems.json";
import shopZh from "@/messages/zh-CN/shop.json";

const chinese = { common: commonZh, shop: shopZh, desk: deskZh, alarms: alarmsZh, problems: problemsZh };
export type Messages = typeof chinese;

const english: Messages = {
  common: commonEn,
  shop: shopEn,
  desk: deskEn,
  alarms: alarmsEn,
  problems: problemsEn,
};

export function messagesOf(locale: Locale): Messages {
  return locale === "en" ? english : chinese;
}
