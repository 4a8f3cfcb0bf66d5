import alarmsEn from "@/messages/en/alarms.json";
import commonEn from "@/messages/en/common.json";
import deskEn from "@/messages/en/desk.json";
import alarmsZh from "@/messages/zh-CN/alarms.json";
import commonZh from "@/messages/zh-CN/common.json";
import deskZh from "@/messages/zh-CN/desk.json";

/** What staff read: tests look for the words of the catalogue, so that they hold in both languages. */
export const deskWords = {
  "zh-CN": { ...deskZh, alarms: alarmsZh, common: commonZh },
  en: { ...deskEn, alarms: alarmsEn, common: commonEn },
};
export type DeskWords = (typeof deskWords)["zh-CN"];
