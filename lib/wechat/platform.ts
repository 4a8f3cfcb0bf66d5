/** The way to api.weixin.qq.com: JSON answers with an `errcode`. Secrets stand in its query strings, so no URL is ever told. */
import type { z } from "zod";
import { unknownResult, WechatError } from "@/lib/wechat/errors";
import { createTransport, type Transport, type TransportOptions } from "@/lib/wechat/transport";

export type Platform = { apiUrl: string; transport: Transport };

/** `apiUrl` is an origin with an optional path prefix. */
export function createPlatform(options: { apiUrl: string } & TransportOptions): Platform {
  return { apiUrl: options.apiUrl.replace(/\/+$/, ""), transport: createTransport(options) };
}

/** Calls and parses. A missing `errcode` or 0 is success. Throws `WechatError`. */
export async function callPlatform<Shape extends z.ZodType>(
  platform: Platform,
  call: { path: string; query?: Record<string, string>; json?: unknown; shape: Shape },
): Promise<z.infer<Shape>> {
  const query = call.query ? `?${new URLSearchParams(call.query)}` : "";
  const body = await platform.transport.send({
    method: call.json === undefined ? "GET" : "POST",
    url: `${platform.apiUrl}${call.path}${query}`,
    ...(call.json !== undefined && {
      contentType: "application/json; charset=utf-8",
      body: JSON.stringify(call.json),
    }),
  });
  const answer = parseJson(body);
  const code = String(answer.errcode ?? 0); // A number, but for calls that answer in strings.
  if (code !== "0") throw platformError(code, String(answer.errmsg ?? ""));
  const parsed = call.shape.safeParse(answer);
  if (!parsed.success) throw unknownResult("INCOMPLETE", "the answer lacks a documented field");
  return parsed.data;
}

/** Whether the access token was the trouble: refresh it once under a lock, repeat once, never loop. */
export function isTokenError(error: unknown): error is WechatError {
  return error instanceof WechatError && ["40001", "40014", "42001"].includes(error.code);
}

function parseJson(body: Uint8Array): { errcode?: unknown; errmsg?: unknown } {
  let answer: unknown;
  try {
    answer = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw unknownResult("UNREADABLE", "the answer is not JSON");
  }
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
    throw unknownResult("UNREADABLE", "the answer is not a JSON object");
  }
  return answer;
}

function platformError(code: string, text: string): WechatError {
  const again = busyCodes.has(code);
  return new WechatError({
    kind: again ? "unknown_result" : "refused",
    code,
    text: text || "no reason given",
    remedy:
      remedies[code] ?? (again ? "repeat later" : "look the code up in WeChat's list of global return codes"),
  });
}

const busyCodes = new Set(["-1", "44990", "45009", "45011", "10060012", "10060019"]);

const bug = "the message is malformed: report it as a bug";

const remedies: Record<string, string> = {
  "-1": "WeChat is busy: repeat later",
  "40001": "the AppSecret or the token is not the latest: refresh the token once; check WECHAT_APP_SECRET",
  "40002": bug,
  "40013": "the appid is unknown: check WECHAT_APP_ID and WECHAT_MINI_APP_ID",
  "40014": "the token is invalid: refresh it once",
  "40029": "the code is invalid or older than five minutes: start the sign-in again",
  "40125": "the AppSecret is wrong: check WECHAT_APP_SECRET and WECHAT_MINI_APP_SECRET",
  "40163": "the code was used already: start the sign-in again, do not repeat the call",
  "40164": "this server's address is not in WeChat's whitelist: add the one WeChat names",
  "40226": "WeChat considers this user a high risk: sign-in is refused",
  "40243": "the AppSecret is frozen: unfreeze it in the platform",
  "41002": "the appid is missing: check WECHAT_APP_ID and WECHAT_MINI_APP_ID",
  "41004": "the AppSecret is missing: check WECHAT_APP_SECRET and WECHAT_MINI_APP_SECRET",
  "41008": "the code is missing: start the sign-in again",
  "42001": "the token has expired: refresh it once",
  "43002": bug,
  "44990": "too many calls: repeat later",
  "45009": "the quota is used up: wait until tomorrow, Beijing time",
  "45011": "too many calls: repeat later",
  "47001": bug,
  "48001": "this account has no right to this call: check which account the token belongs to",
  "49001": "the appid is not that of the token: check WECHAT_APP_ID and WECHAT_APP_SECRET",
  "49002": "the openid or the transaction id is empty: ask for the payment's openid first",
  "49003": "the openid belongs to another account: the payment was made with another appid",
  "49004": "the signature was refused: check WECHAT_APP_KEY, the paySignKey of the 2014 protocol",
  "49005": "WeChat does not know the transaction yet, or it is another merchant's: repeat later",
  "50004": "the account is disabled: see to it in the platform",
  "50007": "the account is disabled: see to it in the platform",
  "61004": "this server's address is not registered: add it to WeChat's whitelist",
  "10060001": "WeChat does not know the payment yet, or it was not made in this mini program: repeat later",
  "10060002": "all of it was shipped already: read it back with get_order",
  "10060003": "the one chance to ship again is used: correct it in the mini program's console",
  "10060004": "the payment cannot be shipped any more: it was refunded or is finished",
  "10060005": bug,
  "10060006": bug,
  "10060007": bug,
  "10060008": bug,
  "10060009": bug,
  "10060012": "WeChat is busy: repeat later",
  "10060014": bug,
  "10060019": "WeChat is busy: repeat later",
  "10060020": bug,
  "10060023": "nothing is new: WeChat knows all of it already",
  "10060024": "more parcels than WeChat takes for one payment",
  "10060025": bug,
  "10060026": bug,
  "10060031": "the openid is not that of the payer: the payment was made with another appid",
  "268485194": bug,
  "268485195": bug,
  "268485196": bug,
  "268485197": bug,
  "268485216": bug,
  "268485224": bug,
  "268485226": bug,
  "268485227": bug,
  "268485228": bug,
};
