import { vi } from "vitest";
import type { SandboxProcess } from "./sandbox";
import { signAgain } from "./sandbox-call";

type Told = { errMsg: string };
type Callbacks<Answer> = { success?: (answer: Answer) => void; fail?: (told: Told) => void };
type WxRequest = Callbacks<{ statusCode: number; data: unknown; header: Record<string, string> }> & {
  url: string;
  method: string;
  header: Record<string, string>;
  data?: string;
  timeout: number;
};
type Sheet = Record<"timeStamp" | "nonceStr" | "package" | "signType" | "paySign", string>;

/** What the buyer does when WeChat's sheet, or a question, comes up. */
type Thumb = "pays" | "cancels";

/**
 * A phone with a mini program on it: `wx` as WeChat documents it, over real HTTP to the shop, and to the sandbox as
 * WeChat. The newest phone is the one that the mini program's code finds.
 */
export function aPhone(of: { sandbox: SandboxProcess; buyer: string; app: object }) {
  const storage = new Map<string, string>();
  const phone = {
    thumb: "pays" as Thumb,
    /** How many of the next answers to such a call are lost, though the shop did what it was asked. */
    lost: new Map<string, number>(),
    /** How many such calls, after those lost, are told to wait a minute before anybody looks at them. */
    busy: new Map<string, number>(),
    /** What was sent, as `POST /api/orders`, with its key. */
    sent: [] as { call: string; key: string | undefined }[],
    sheets: [] as Sheet[],
    signedIn: 0,
    went: [] as string[],
    confirms: [] as string[],
    platform: "android",
  };

  const wx = {
    getStorageSync: (name: string) => JSON.parse(storage.get(name) ?? '""'),
    setStorageSync: (name: string, value: unknown) => void storage.set(name, JSON.stringify(value)),
    removeStorageSync: (name: string) => void storage.delete(name),
    getDeviceInfo: () => ({ platform: phone.platform }),
    setNavigationBarTitle: () => {},
    stopPullDownRefresh: () => {},
    redirectTo: ({ url }: { url: string }) => void phone.went.push(url),
    showModal: (asked: Callbacks<{ confirm: boolean }> & { content: string }) => {
      phone.confirms.push(asked.content);
      asked.success?.({ confirm: phone.thumb === "pays" });
    },
    chooseAddress: ({ success }: Callbacks<Record<string, string>>) =>
      success?.({
        userName: "王小明",
        telNumber: "13800138000",
        provinceName: "浙江省",
        cityName: "杭州市",
        countyName: "西湖区",
        detailInfo: "龙井路 1 号",
      }),
    login: ({ success }: Callbacks<{ code: string }>) => {
      phone.signedIn++;
      void of.sandbox.code({ app: "mini", buyer: of.buyer }).then(({ code }) => success?.({ code }));
    },
    request: (request: WxRequest) => void send(request),
    requestPayment: (sheet: Sheet & Callbacks<Told>) => void showSheet(sheet),
  };

  async function send({ url, method, header, data, timeout, success, fail }: WxRequest) {
    const call = `${method} ${new URL(url).pathname}`;
    phone.sent.push({ call, key: header["idempotency-key"] });
    const busy = phone.lost.get(call) ? 0 : (phone.busy.get(call) ?? 0);
    if (busy > 0) {
      phone.busy.set(call, busy - 1);
      const data = { code: "too_many_requests", title: "操作太频繁" };
      return success?.({ statusCode: 429, data, header: { "retry-after": "60" } });
    }
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(url, { method, headers: header, body: data, signal });
    const text = await response.text();
    const left = phone.lost.get(call) ?? 0;
    phone.lost.set(call, Math.max(0, left - 1));
    if (left > 0) return fail?.({ errMsg: "request:fail timeout" });
    const headers = Object.fromEntries(response.headers);
    success?.({ statusCode: response.status, data: parsed(text), header: headers });
  }

  /** WeChat's app lets nothing through that is not signed for this mini program, and nothing that is not documented. */
  async function showSheet({ success, fail, ...sheet }: Sheet & Callbacks<Told>) {
    phone.sheets.push(sheet);
    const refuse = (why: string) => fail?.({ errMsg: `requestPayment:fail ${why}` });
    const names = ["timeStamp", "nonceStr", "package", "signType", "paySign"];
    if (Object.keys(sheet).toSorted().join() !== names.toSorted().join()) return refuse("(parameter error)");
    const { miniAppId: appId, apiKey, webUrl } = of.sandbox.merchant;
    const { paySign, ...signed } = sheet;
    if (signAgain({ appId, ...signed }, apiKey, sheet.signType) !== paySign) return refuse("(sign error)");
    const checked = await fetch(`${webUrl}/bridge/check`, {
      method: "POST",
      body: JSON.stringify({ appId, ...sheet }),
    });
    const { refusal } = (await checked.json()) as { refusal?: string };
    if (refusal) return refuse(`(${refusal})`);
    if (phone.thumb === "cancels") return refuse("cancel");
    const form = new URLSearchParams({ way: "jsapi", prepay_id: sheet.package.replace("prepay_id=", "") });
    const paid = await fetch(`${webUrl}/cashier/pay`, { method: "POST", body: form, redirect: "manual" });
    if (paid.status !== 303) return refuse("(not payable)");
    success?.({ errMsg: "requestPayment:ok" });
  }

  // Where the mini program's code looks for them.
  vi.stubGlobal("wx", wx);
  vi.stubGlobal("getApp", () => of.app);
  return Object.assign(phone, { wx });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // As `wx.request` leaves what is no JSON.
  }
}

type Handler = (argument?: unknown) => unknown;
export type OpenPage = Record<string, Handler> & { data: Record<string, unknown> };

/** Loads a page's script and opens it as WeChat does: its own copy of `data`, then onLoad and onShow. */
export async function openPage(
  load: () => Promise<unknown>,
  query: Record<string, string> = {},
): Promise<OpenPage> {
  let definition: { data: object } | undefined;
  vi.stubGlobal("Page", (given: { data: object }) => {
    definition = given;
  });
  vi.resetModules();
  await load();
  if (!definition) throw new Error("the script defines no page");
  const page = { ...definition, data: structuredClone(definition.data) } as OpenPage;
  (page as Record<string, unknown>).setData = (change: object) =>
    Object.assign(page.data, structuredClone(change));
  await page.onLoad?.(query);
  await page.onShow?.();
  return page;
}
