import { AlarmPlan } from "@/lib/sandbox/alarms/alarm-plan";
import { AlarmSettings, changeAlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import { raiseAlarm } from "@/lib/sandbox/alarms/raise-alarm";
import { markConfirmed } from "@/lib/sandbox/ledger/delivery-facts";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import { transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { expireTokens } from "@/lib/sandbox/open-api/tokens";
import { changeShippingSettings, ShippingSettings } from "@/lib/sandbox/shipping/shipping-settings";
import { type ConsoleAction, malformed, millisecondsOf, numberOf } from "@/lib/sandbox/web/console-form";

/** What the console's forms about deliveries and alarms do. */
export const deliveryActions: Record<string, ConsoleAction> = {
  alarm(sandbox, form) {
    const reading = readPlan(form);
    if (!reading.success) return malformed(reading.error);
    const order = findOrder(sandbox.ledger, form.get("outTradeNo") ?? "");
    const id = raiseAlarm(sandbox, { order, plan: reading.data });
    if (id === null) return { ok: false, text: "there is no order yet to know the site by: set an address" };
    sandbox.notifier.wake();
    return { ok: true };
  },

  "confirm-receipt"(sandbox, form) {
    const [paid] = transactionsOf(sandbox.ledger, form.get("outTradeNo") ?? "");
    if (!paid) return { ok: false, text: "nothing was paid for this number" };
    markConfirmed(sandbox.ledger, { transactionId: paid.transactionId, state: 3 });
    return { ok: true };
  },

  "delivery-settings"(sandbox, form) {
    const hours = numberOf(form, "lateHours");
    const lateAfterMs = hours === undefined ? undefined : Math.round(hours * 3_600_000);
    const alarms = AlarmSettings.partial().safeParse({
      lateAfterMs: form.has("never") ? null : lateAfterMs,
      url: form.get("url")?.trim() || null,
    });
    if (!alarms.success) return malformed(alarms.error);
    const shipping = ShippingSettings.partial().safeParse({
      knownAfterMs: millisecondsOf(form, "knownSeconds"),
    });
    if (!shipping.success) return malformed(shipping.error);
    changeAlarmSettings(sandbox.ledger, alarms.data);
    changeShippingSettings(sandbox.ledger, shipping.data);
    sandbox.lateWatch.wake();
    return { ok: true };
  },

  "expire-token"(sandbox, form) {
    const { appId, miniAppId } = sandbox.identity;
    expireTokens(sandbox, form.get("app") === "mini" ? miniAppId : appId);
    return { ok: true };
  },
};

/** What is typed, or one of the usual ones that have a button of their own. */
function readPlan(form: URLSearchParams) {
  const usual = form.get("usual");
  return AlarmPlan.safeParse({
    errorType: form.get("errorType")?.trim() || undefined,
    description: form.get("description")?.trim() || undefined,
    content: form.get("content")?.trim() || undefined,
    naming: form.get("naming") || undefined,
    claim: usual === "forged" ? "forged" : form.get("claim") || undefined,
    copies: usual === "twice" ? 2 : numberOf(form, "alarmCopies"),
    lateMs: millisecondsOf(form, "alarmLate"),
    drops: numberOf(form, "alarmDrops"),
  });
}
