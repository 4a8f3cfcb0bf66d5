/** How api.weixin.qq.com says no: HTTP 200 and an errcode. Source: "全局返回码". */
export const openErrors = {
  40002: "invalid grant_type",
  40013: "invalid appid",
  40029: "invalid code",
  40125: "invalid appsecret",
  40163: "code been used",
  41002: "appid missing",
  41004: "appsecret missing",
  41008: "missing code",
  43002: "require POST method",
  45009: "reach max api daily quota limit",
  45011: "api minute-quota reach limit, must slower, retry next minute",
  47001: "data format error",
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
