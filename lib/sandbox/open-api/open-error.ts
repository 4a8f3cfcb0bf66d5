/** How api.weixin.qq.com says no: HTTP 200 and an errcode. Source: "全局返回码". */
export const openErrors = {
  40001: "invalid credential, access_token is invalid or not latest",
  40002: "invalid grant_type",
  40013: "invalid appid",
  40014: "invalid access_token",
  40029: "invalid code",
  40097: "invalid args",
  40125: "invalid appsecret",
  40163: "code been used",
  41001: "access_token missing",
  41002: "appid missing",
  41004: "appsecret missing",
  41008: "missing code",
  42001: "access_token expired",
  43002: "require POST method",
  45009: "reach max api daily quota limit",
  45011: "api minute-quota reach limit, must slower, retry next minute",
  47001: "data format error",
  48001: "api unauthorized",
  49001: "not same appid with appid of access_token",
  49002: "empty openid or transid",
  49003: "not match openid with appid",
  49004: "not match signature",
  49005: "not existed transid",
} as const;

export class OpenError extends Error {
  constructor(
    readonly errcode: number,
    readonly errmsg: string,
  ) {
    super(`${errcode} ${errmsg}`);
  }
}

export function openError(errcode: keyof typeof openErrors): OpenError {
  return new OpenError(errcode, openErrors[errcode]);
}

/** -1: whoever gets it knows nothing about what happened. */
export function systemError(): OpenError {
  return new OpenError(-1, "system error");
}
