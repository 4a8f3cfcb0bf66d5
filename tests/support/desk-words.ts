import alarmsEn from "@/messages/en/alarms.json";
import auditEn from "@/messages/en/audit.json";
import commonEn from "@/messages/en/common.json";
import deskEn from "@/messages/en/desk.json";
import exportsEn from "@/messages/en/exports.json";
import homeEn from "@/messages/en/home.json";
import listsEn from "@/messages/en/lists.json";
import membersEn from "@/messages/en/members.json";
import orderEn from "@/messages/en/order.json";
import productsEn from "@/messages/en/products.json";
import setupEn from "@/messages/en/setup.json";
import staffEn from "@/messages/en/staff.json";
import alarmsZh from "@/messages/zh-CN/alarms.json";
import auditZh from "@/messages/zh-CN/audit.json";
import commonZh from "@/messages/zh-CN/common.json";
import deskZh from "@/messages/zh-CN/desk.json";
import exportsZh from "@/messages/zh-CN/exports.json";
import homeZh from "@/messages/zh-CN/home.json";
import listsZh from "@/messages/zh-CN/lists.json";
import membersZh from "@/messages/zh-CN/members.json";
import orderZh from "@/messages/zh-CN/order.json";
import productsZh from "@/messages/zh-CN/products.json";
import setupZh from "@/messages/zh-CN/setup.json";
import staffZh from "@/messages/zh-CN/staff.json";

/** What staff read: tests look for the words of the catalogue, so that they hold in both languages. */
export const deskWords = {
  "zh-CN": {
    ...deskZh,
    alarms: alarmsZh,
    auditPage: auditZh,
    home: homeZh,
    lists: listsZh,
    orderPage: orderZh,
    products: productsZh,
    members: membersZh,
    staff: staffZh,
    setup: setupZh,
    exports: exportsZh,
    common: commonZh,
  },
  en: {
    ...deskEn,
    alarms: alarmsEn,
    auditPage: auditEn,
    home: homeEn,
    lists: listsEn,
    orderPage: orderEn,
    products: productsEn,
    members: membersEn,
    staff: staffEn,
    setup: setupEn,
    exports: exportsEn,
    common: commonEn,
  },
};
export type DeskWords = (typeof deskWords)["zh-CN"];
