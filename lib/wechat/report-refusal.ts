/** What a failed delivery report asks for next. Sources: WeChat's table of global return codes, and that of "发货信息录入". */
import type { WechatError } from "@/lib/wechat/errors";

/**
 * - `again`: nobody knows whether it was heard, or WeChat is busy: the same message a little later;
 * - `slower`: too many calls: the same message, later still;
 * - `token`: the access token was refused after it had been refreshed: the same message once the account is in order;
 * - `few`: WeChat does not know the payment, perhaps not yet: a few more times, then a person;
 * - `config`: a setting or a right is wrong, or we are: nothing is repeated until a person has set it right;
 * - `done`: WeChat knew it already: as good as accepted, once it is read back;
 * - `final`: WeChat will never take it: a person decides.
 */
export type ReportRefusal = "again" | "slower" | "token" | "few" | "config" | "done" | "final";

/** What whoever looks after it does about it; the desk has the words. */
export const reportRemedies = [
  "wait",
  "check_secret",
  "check_appid",
  "check_app_key",
  "add_to_whitelist",
  "unfreeze_secret",
  "account_disabled",
  "ask_for_right",
  "openid_missing",
  "openid_of_another",
  "check_transaction",
  "reship_used",
  "not_shippable",
  "look_up",
  "report_bug",
] as const;
export type ReportRemedy = (typeof reportRemedies)[number];

const byCode: [ReportRefusal, ReportRemedy, string[]][] = [
  ["again", "wait", ["-1", "10060012", "10060019"]],
  ["slower", "wait", ["44990", "45009", "45011"]],
  [
    "token",
    "check_secret",
    ["40001", "40002", "40014", "40125", "41001", "41002", "41004", "42001", "43002"],
  ],
  ["token", "check_appid", ["40013"]],
  ["token", "add_to_whitelist", ["40164", "61004"]],
  ["token", "unfreeze_secret", ["40243"]],
  ["token", "account_disabled", ["50004", "50007"]],
  ["token", "look_up", ["40097", "61003", "61011"]],
  ["few", "check_transaction", ["49005", "10060001"]],
  ["config", "check_appid", ["49001"]],
  ["config", "openid_missing", ["49002", "OPENID_MISSING"]],
  ["config", "openid_of_another", ["49003"]],
  ["config", "check_app_key", ["49004", "APP_KEY_MISSING"]],
  ["config", "ask_for_right", ["48001"]],
  ["config", "report_bug", ["47001", "10060005", "10060006", "10060007", "10060008", "10060009", "10060014"]],
  ["config", "report_bug", ["10060020", "10060024", "10060025", "10060026"]],
  ["done", "wait", ["10060002", "10060023"]],
  ["final", "reship_used", ["10060003"]],
  ["final", "not_shippable", ["10060004"]],
  ["final", "openid_of_another", ["10060031"]],
];

/** The codes that speak of the access token or of the account that it belongs to. */
export const tokenCodes = byCode.flatMap(([refusal, , codes]) => (refusal === "token" ? codes : []));

/** Sorts whatever a report's call threw. */
export function reportRefusal({ code, kind }: Pick<WechatError, "code" | "kind">): ReportRefusal {
  const known = byCode.find(([, , codes]) => codes.includes(code));
  if (known) return known[0];
  return kind === "unknown_result" ? "again" : "config";
}

/** What to do about a code, as the rows keep it. Codes that WeChat did not send ask for patience. */
export function reportRemedy(code: string): ReportRemedy {
  const known = byCode.find(([, , codes]) => codes.includes(code));
  if (known) return known[1];
  if (/^268485[0-9]{3}$/.test(code)) return "report_bug"; // All of them speak of a malformed field.
  return /^-?[0-9]+$/.test(code) ? "look_up" : "wait";
}

export function isReportRemedy(value: unknown): value is ReportRemedy {
  return reportRemedies.some((one) => one === value);
}
