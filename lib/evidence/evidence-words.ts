import type { Locale } from "@/lib/http/locale";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import commonEn from "@/messages/en/common.json";
import deskEn from "@/messages/en/desk.json";
import evidenceEn from "@/messages/en/evidence.json";
import commonZh from "@/messages/zh-CN/common.json";
import deskZh from "@/messages/zh-CN/desk.json";
import evidenceZh from "@/messages/zh-CN/evidence.json";

/** The words for the events of a time line, which the desk has. */
export type EventTexts = { title: (event: TimelineEvent) => string; who: (event: TimelineEvent) => string };

export type EvidenceWords = EventTexts & {
  locale: Locale;
  texts: typeof evidenceZh;
  /** What a code of a table is called; a code that nobody knows stays as it is. */
  term: (of: keyof ReturnType<typeof termsOf>, code: string | null) => string;
  /** On the shop's clocks, to the second. */
  time: (at: Date | null) => string;
};

export function evidenceWords(locale: Locale, timeZone: string, events: EventTexts): EvidenceWords {
  const terms = locale === "en" ? termsOf(deskEn, commonEn) : termsOf(deskZh, commonZh);
  return {
    ...events,
    locale,
    texts: locale === "en" ? evidenceEn : evidenceZh,
    term: (of, code) => (code === null ? "" : (terms[of][code] ?? code)),
    time: (at) => at?.toLocaleString("sv-SE", { timeZone }) ?? "",
  };
}

type Terms = Record<string, string>;

function termsOf(desk: typeof deskZh, common: typeof commonZh) {
  const { types } = desk.order.payments;
  return {
    orderStatus: common.orderStatus as Terms,
    carrier: common.carrier as Terms,
    refundReason: common.refundReason as Terms,
    paymentStatus: desk.paymentStatus as Terms,
    refundStatus: desk.refundStatus as Terms,
    deliveryStatus: desk.deliveryStatus as Terms,
    deliveryKind: desk.order.deliveries.kinds as Terms,
    reportStatus: desk.order.reports.is as Terms,
    notificationKind: desk.notificationKind as Terms,
    notificationVerdict: desk.verdict as Terms,
    moneySource: desk.moneySource as Terms,
    tradeType: types as Terms,
  };
}
