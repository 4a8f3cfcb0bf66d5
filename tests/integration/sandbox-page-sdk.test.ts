import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ShareCard } from "@/lib/sandbox/ledger/share-cards";
import { requestJsSdkTicket, signJsSdk } from "@/lib/wechat/js-sdk";
import { requestStableToken } from "@/lib/wechat/stable-token";
import { clientsOf, type SandboxProcess, startSandbox } from "@/tests/support/sandbox";

let sandbox: SandboxProcess;
let clients: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  sandbox = await startSandbox();
  clients = clientsOf(sandbox);
});
beforeEach(() => sandbox.clock({ reset: true }));
afterAll(async () => {
  await clients.close();
  await sandbox.stop();
});

const shop = "http://localhost:3000";
const accessToken = async (app: "official" | "mini" = "official") => {
  const { appId, appSecret, miniAppId, miniAppSecret } = sandbox.merchant;
  const of = app === "mini" ? { appId: miniAppId, appSecret: miniAppSecret } : { appId, appSecret };
  return (await requestStableToken(clients.platform, of)).accessToken;
};
const ticket = async () => requestJsSdkTicket(clients.platform, { accessToken: await accessToken() });

async function ask(path: string, body: unknown, origin = shop): Promise<{ refusal?: string }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const init = { method: "POST", body: text, headers: { origin } };
  const response = await fetch(new URL(path, sandbox.merchant.webUrl), init);
  expect(response.headers.get("access-control-allow-origin")).toBe(origin);
  return (await response.json()) as { refusal?: string };
}

describe("the ticket", () => {
  test("stays the same while it lives, always said to live two hours; then a new one comes", async () => {
    const first = await ticket();
    await sandbox.clock({ advanceMs: 119 * 60_000 });
    const late = await ticket();
    await sandbox.clock({ advanceMs: 2 * 60_000 });
    const renewed = await ticket();

    expect(first.expiresInSeconds).toBe(7200);
    expect(late).toEqual(first);
    expect(renewed.ticket).not.toBe(first.ticket);
  });

  test("is the official account's, for a token that WeChat knows", async () => {
    const asked = (token: string) => requestJsSdkTicket(clients.platform, { accessToken: token });

    await expect(asked(await accessToken("mini"))).rejects.toMatchObject({ code: "48001" });
    await expect(asked("nonsense")).rejects.toMatchObject({ code: "40014" });
    const token = await accessToken();
    await sandbox.expireToken();
    await expect(asked(token)).rejects.toMatchObject({ code: "42001" });
  });
});

describe("the bridge", () => {
  const url = `${shop}/products/spring-tea?from=singlemessage`;
  const proof = async (of: { url?: string; appId?: string } = {}) => {
    const appId = of.appId ?? sandbox.merchant.appId;
    const signed = { nonceStr: "Wm3WZYTPz0wzccnW", timestamp: "1414587457", url: of.url ?? url };
    return {
      ...{ appId, verifyAppId: appId, verifySignType: "sha1" },
      verifyTimestamp: signed.timestamp,
      verifyNonceStr: signed.nonceStr,
      verifySignature: signJsSdk({ ticket: (await ticket()).ticket, ...signed }),
      verifyJsApiList: ["editAddress"],
    };
  };

  test("lets a page ask that is signed with a live ticket, and says in WeChat's words what is wrong with another", async () => {
    const right = await proof();

    expect(await ask("/bridge/verify", { ...right, url })).toEqual({});
    const refusals = [
      await ask("/bridge/verify", { ...right, url: `${url}&more=1` }),
      await ask("/bridge/verify", { ...right, verifyNonceStr: "other", url }),
      await ask("/bridge/verify", { ...(await proof({ appId: sandbox.merchant.miniAppId })), url }),
      await ask("/bridge/verify", { ...right, url }, "https://evil.example"),
      await ask("/bridge/verify", "{"),
    ].map(({ refusal }) => refusal);
    expect(refusals).toEqual([
      "invalid signature",
      "invalid signature",
      "invalid appid",
      "invalid url domain",
      "invalid signature",
    ]);
    await sandbox.control("expire-ticket");
    expect((await ask("/bridge/verify", { ...right, url })).refusal).toBe("invalid signature");
  });

  test("keeps a card for the console and for tests; its link must be the page's own", async () => {
    const card = { kind: "friend", page: url, title: "<春茶>", desc: "新茶", link: `${shop}/a`, imgUrl: "" };

    expect(await ask("/bridge/card", card)).toEqual({});
    const foreign = { ...card, link: "https://evil.example/" };
    expect((await ask("/bridge/card", foreign)).refusal).toBe("invalid url domain");
    expect((await ask("/bridge/card", { ...card, imgUrl: "javascript:alert(1)" })).refusal).toBeDefined();

    const { cards } = await sandbox.control<{ cards: ShareCard[] }>("cards");
    expect(cards).toMatchObject([
      { kind: "friend", title: "<春茶>", description: "新茶", link: `${shop}/a` },
    ]);
    const page = await (await fetch(new URL("/console?lang=zh", sandbox.merchant.webUrl))).text();
    expect(page).toContain("&lt;春茶&gt;");
  });

  test("shows addresses in a frame of the page that asks, and of nobody's", async () => {
    const open = (origin: string) =>
      fetch(new URL(`/addresses?lang=zh&origin=${encodeURIComponent(origin)}`, sandbox.merchant.webUrl));

    const page = await open(shop);
    expect(page.headers.get("content-security-policy")).toContain(`frame-ancestors ${shop}`);
    expect(await page.text()).toContain("选择：林小燕");
    for (const origin of ["", "*", `${shop}/a`, "javascript:alert(1)"])
      expect((await open(origin)).headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});
