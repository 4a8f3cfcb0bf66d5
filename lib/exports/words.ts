import type { Locale } from "@/lib/http/locale";
import alarmsEn from "@/messages/en/alarms.json";
import commonEn from "@/messages/en/common.json";
import deskEn from "@/messages/en/desk.json";
import exportsEn from "@/messages/en/exports.json";
import membersEn from "@/messages/en/members.json";
import alarmsZh from "@/messages/zh-CN/alarms.json";
import commonZh from "@/messages/zh-CN/common.json";
import deskZh from "@/messages/zh-CN/desk.json";
import exportsZh from "@/messages/zh-CN/exports.json";
import membersZh from "@/messages/zh-CN/members.json";

const zh = { common: commonZh, desk: deskZh, alarms: alarmsZh, exports: exportsZh, members: membersZh };
const en: typeof zh = {
  common: commonEn,
  desk: deskEn,
  alarms: alarmsEn,
  exports: exportsEn,
  members: membersEn,
};

export type Words = typeof zh;

/** The catalogue's texts for a file: a worker has no request to ask for its language. */
export const wordsIn: Record<Locale, Words> = { "zh-CN": zh, en };
