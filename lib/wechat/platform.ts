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
  if (answer.errcode) throw platformError(String(answer.errcode), String(answer.errmsg ?? ""));
  const parsed = call.shape.safeParse(answer);
  if (!parsed.success) throw unknownResult("INCOMPLETE", "the answer lacks a documented field");
  return parsed.data;
}

/** Whether the access token was the trouble: refresh it once under a lock, repeat once, never loop. */
export function isTokenError(error: unknown): boolean {
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

const busyCodes = new Set(["-1", "45009", "45011"]);

const remedies: Record<string, string> = {
  "-1": "WeChat is busy: repeat later",
  "40001": "the AppSecret or the token is not the latest: refresh the token once; check WECHAT_APP_SECRET",
  "40013": "the appid is unknown: check WECHAT_APP_ID and WECHAT_MINI_APP_ID",
  "40014": "the token is invalid: refresh it once",
  "40029": "the code is invalid or older than five minutes: start the sign-in again",
  "40125": "the AppSecret is wrong: check WECHAT_APP_SECRET and WECHAT_MINI_APP_SECRET",
  "40163": "the code was used already: start the sign-in again, do not repeat the call",
  "40164": "this server's address is not in WeChat's whitelist: add the one WeChat names",
  "40226": "WeChat considers this user a high risk: sign-in is refused",
  "40243": "the AppSecret is frozen: unfreeze it in the platform",
  "41008": "the code is missing: start the sign-in again",
  "42001": "the token has expired: refresh it once",
  "45009": "the quota is used up: wait until tomorrow, Beijing time",
  "45011": "too many calls: repeat later",
  "48001": "this account has no right to this call: check which account the token belongs to",
};
