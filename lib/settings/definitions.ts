import { z } from "zod";
import type { Environment } from "@/lib/environment/environment";
import { locales } from "@/lib/http/locale";
import { largestFen } from "@/lib/wechat/fen";

/** What a merchant may change while the shop runs: type, default, and why one would. Read per request. */
export const settingDefinitions = {
  shopName: {
    schema: z.string().trim().min(1).max(30),
    initial: "掌柜小店",
    reason: "Shown to buyers, and by WeChat on the bill.",
  },
  servicePhone: {
    schema: z
      .string()
      .trim()
      .regex(/^(\+?[\d -]{5,25})?$/),
    initial: "",
    reason: "Whom buyers call; empty shows no number.",
  },
  serviceHours: {
    schema: z.string().trim().max(40),
    initial: "",
    reason: "When the phone is answered, in the shop's own words; shown beside the number.",
  },
  timeZone: {
    schema: z.string().trim().refine(isTimeZone),
    initial: "Asia/Shanghai",
    reason: "Times on every screen. A name such as Asia/Shanghai.",
  },
  orderExpiresMinutes: {
    schema: z
      .int()
      .min(5)
      .max(24 * 60),
    initial: 30,
    reason: "How long an unpaid order holds its stock. WeChat closes nothing younger than five minutes.",
  },
  maxUnpaidOrders: {
    schema: z.int().min(1).max(1000),
    initial: 5,
    reason: "Unpaid orders per member and per phone number, so that nobody empties the shop without paying.",
  },
  ordersPerMinute: {
    schema: z.int().min(1).max(100_000),
    initial: 30,
    reason: "New orders per minute and address; loopback and trusted proxies are exempt.",
  },
  freightFlatFen: {
    schema: z.int().min(0).max(100_000),
    initial: 1000,
    reason: "Freight of an order with goods that are sent.",
  },
  freightFreeFromFen: {
    schema: z.int().min(0).max(largestFen),
    initial: 9900,
    reason: "Goods of this value or more are sent free of freight; 0 sends everything free.",
  },
  refundSecondPersonFromFen: {
    schema: z.int().min(0).max(largestFen),
    initial: 0,
    reason:
      "From this amount on a refund needs two of the staff, and never its asker as approver; 0 switches it off.",
  },
  refundUndoSeconds: {
    schema: z.int().min(0).max(600),
    initial: 0,
    reason: "How long an approved refund can still be taken back before it is sent to WeChat.",
  },
  refundAutoApproveBelowFen: {
    schema: z.int().min(0).max(largestFen),
    initial: 0,
    reason:
      "A buyer's request of at most this amount is approved by itself while nothing was shipped; 0 switches it off.",
  },
  stepUpMinutes: {
    schema: z.int().min(0).max(60),
    initial: 10,
    reason:
      "How long a sign-in or a confirmation is good for letting money leave; 0 asks every time. It cannot be switched off.",
  },
  deliveryUndoSeconds: {
    schema: z.int().min(0).max(3600),
    initial: 300,
    reason: "How long a delivery can be undone before it is reported to WeChat; never beyond its deadline.",
  },
  escalateFirstPercent: {
    schema: z.int().min(1).max(99),
    initial: 50,
    reason: "Part of the delivery time after which an order that was not reported is escalated first.",
  },
  escalateSecondPercent: {
    schema: z.int().min(1).max(99),
    initial: 80,
    reason: "Part of the delivery time after which it is escalated again; at its end it always is.",
  },
  completeAfterDays: {
    schema: z.int().min(1).max(90),
    initial: 10,
    reason: "Days after shipping at which an order is completed when its buyer has not confirmed it.",
  },
  remindEveryHours: {
    schema: z.int().min(1).max(72),
    initial: 4,
    reason: "How long a buyer waits before asking once more that an order be shipped.",
  },
  exportAtOnceRows: {
    schema: z.int().min(1).max(20_000),
    initial: 5_000,
    reason:
      "Up to so many rows a list is downloaded at once; a longer one is written in the background, then offered.",
  },
  messageLanguage: {
    schema: z.string().trim().pipe(z.enum(locales)),
    initial: "zh-CN",
    reason: "The language of the messages that staff are sent outside the desk: zh-CN or en.",
  },
  messageWebhookUrl: {
    schema: z.string().trim().max(500).refine(isWebhook),
    initial: "",
    secret: true,
    allowed: (url: string, { sandbox }: Environment) => sandbox !== null || !url.startsWith("http:"),
    reason:
      "Where staff are told of late orders and trouble with money: the https address of a group's robot (企业微信, DingTalk). It is a secret.",
  },
} as const;

export type SettingKey = keyof typeof settingDefinitions;
export const settingKeys = Object.keys(settingDefinitions) as SettingKey[];

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settingDefinitions, key);
}

export type Settings = { [K in SettingKey]: z.infer<(typeof settingDefinitions)[K]["schema"]> };

/** Whether its value is sealed at rest and never shown whole again. */
export function isSecret(key: SettingKey): boolean {
  return "secret" in settingDefinitions[key];
}

/** An https address, or one of this machine for trying it out; nothing switches it off. */
function isWebhook(text: string): boolean {
  if (text === "") return true;
  const url = URL.parse(text);
  if (!url || url.username || url.password) return false;
  return (
    url.protocol === "https:" ||
    (url.protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  );
}

/** One that this machine can tell the time in; any other would break every screen with a time on it. */
function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
