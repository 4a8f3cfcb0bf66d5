import commonEn from "@/messages/en/common.json";
import deskEn from "@/messages/en/desk.json";
import commonZh from "@/messages/zh-CN/common.json";
import deskZh from "@/messages/zh-CN/desk.json";

/** What staff read: tests look for the words of the catalogue, so that they hold in both languages. */
export const deskWords = {
  "zh-CN": { ...deskZh, common: commonZh },
  en: { ...deskEn, common: commonEn },
};
export type DeskWords = (typeof deskWords)["zh-CN"];
