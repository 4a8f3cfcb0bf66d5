/**
 * What can go wrong between WeChat and us.
 * - `refused`: WeChat said no, in an answer that was verified. The same call will be refused again.
 * - `unknown_result`: nobody knows whether it was done (time-out, reset, 5xx, an answer that cannot be
 *   read or verified, SYSTEMERROR, throttling). Never a failure: the same numbers again later, or a query.
 */
export class WechatError extends Error {
  /** By name: Next bundles pages and routes apart, and the client that one of them made serves both. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "WechatError";
  }

  override name = "WechatError";
  readonly kind: "refused" | "unknown_result";
  /** WeChat's own `err_code` or `errcode`, or one of ours: see `ownCodes`. */
  readonly code: string;
  /** WeChat's own words. */
  readonly text: string;
  /** What to do about it, for the operator. */
  readonly remedy: string;

  constructor(
    facts: { kind: "refused" | "unknown_result"; code: string; text: string; remedy: string },
    options?: { cause?: unknown },
  ) {
    super(`WeChat: ${facts.code} ${facts.text}. ${facts.remedy}`, options);
    this.kind = facts.kind;
    this.code = facts.code;
    this.text = facts.text;
    this.remedy = facts.remedy;
  }
}

/** Codes that WeChat did not send: what we saw instead of an answer. */
export const ownCodes = {
  TIMEOUT: "no answer came in time: ask for the state or repeat the same request",
  NETWORK:
    "the connection failed: ask for the state or repeat the same request; check DNS, firewall and CA file",
  HTTP_STATUS: "the answer was not HTTP 200: repeat the same request later",
  UNREADABLE: "the answer could not be read: repeat the same request later",
  TOO_LARGE: "the answer was larger than any that is documented: repeat the same request later",
  UNVERIFIED:
    "the answer's signature did not verify: check WECHAT_API_KEY and WECHAT_SIGN_TYPE, and who answers at WECHAT_PAY_URL",
  NOT_OURS: "the answer belongs to another merchant, app or order: check WECHAT_MCH_ID and WECHAT_APP_ID",
  INCOMPLETE: "the answer lacks what its kind must carry: ask for the state later",
  RETURN_FAIL:
    "WeChat could not process the message, its reason is unsigned: check keys, numbers and form, then repeat the same request",
  RESTING: "WeChat gave nothing a moment ago and is not asked again so soon: wait some minutes",
} as const;

/** An error of ours, with its remedy from `ownCodes`. Always an unknown result. */
export function unknownResult(code: keyof typeof ownCodes, text: string, cause?: unknown): WechatError {
  return new WechatError({ kind: "unknown_result", code, text, remedy: ownCodes[code] }, { cause });
}

/** What WeChat is not even asked, because it would refuse it. */
const ownRefusals = {
  OPENID_MISSING: "ask for the payment's openid with orderquery: without one WeChat cannot be told",
  APP_KEY_MISSING: "set WECHAT_APP_KEY, the paySignKey of the 2014 protocol",
} as const;

/** A refusal of ours, with its remedy from `ownRefusals`. */
export function refusedHere(code: keyof typeof ownRefusals, text: string): WechatError {
  return new WechatError({ kind: "refused", code, text, remedy: ownRefusals[code] });
}
