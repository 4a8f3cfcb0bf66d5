import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { codeToSession } from "@/lib/wechat/mini-program";
import { exchangeCode } from "@/lib/wechat/oauth";
import { requestStableToken } from "@/lib/wechat/stable-token";
import { clientsOf, type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { postRaw } from "@/tests/support/sandbox-call";

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

const official = () => ({ appId: sandbox.merchant.appId, appSecret: sandbox.merchant.appSecret });
const mini = () => ({ appId: sandbox.merchant.miniAppId, appSecret: sandbox.merchant.miniAppSecret });
const minutes = (count: number) => sandbox.clock({ advanceMs: count * 60_000 });

describe("a code", () => {
  test("becomes the buyer's openid of that account, the same every time", async () => {
    const first = await sandbox.code({ buyer: "lin" });
    const second = await sandbox.code({ buyer: "lin" });
    const other = await sandbox.code({ buyer: "zhou" });
    const openid = async (code: string) =>
      (await exchangeCode(clients.platform, { ...official(), code })).openid;

    expect(await openid(first.code)).toBe(first.openid);
    expect(await openid(second.code)).toBe(first.openid);
    expect(await openid(other.code)).not.toBe(first.openid);
    expect(first.openid).toMatch(/^o[\w-]{27}$/);
    expect(first.miniOpenid).not.toBe(first.openid);
  });

  test("works once, for five minutes, for its own account and with the right secret", async () => {
    const code = async () => (await sandbox.code()).code;
    const exchange = (given: string, by = official()) =>
      exchangeCode(clients.platform, { ...by, code: given });
    const used = await code();
    await exchange(used);
    const stale = await code();

    await expect(exchange(used)).rejects.toMatchObject({ code: "40163" });
    await expect(exchange("nonsense")).rejects.toMatchObject({ code: "40029" });
    await expect(exchange("")).rejects.toMatchObject({ code: "41008" });
    await expect(exchange(await code(), mini())).rejects.toMatchObject({ code: "40029" });
    await expect(exchange(await code(), { ...official(), appSecret: "wrong" })).rejects.toMatchObject({
      code: "40125",
    });
    await expect(exchange(await code(), { ...official(), appId: "wx0" })).rejects.toMatchObject({
      code: "40013",
    });
    await minutes(5);
    await expect(exchange(stale)).rejects.toMatchObject({ code: "40029" });
  });

  test("of a mini program gives a session, once", async () => {
    const { code, miniOpenid } = await sandbox.code({ app: "mini", buyer: "chen" });

    expect((await codeToSession(clients.platform, { ...mini(), code })).openid).toBe(miniOpenid);
    await expect(codeToSession(clients.platform, { ...mini(), code })).rejects.toMatchObject({
      code: "40163",
    });
  });
});

describe("the stable token", () => {
  const token = async (forceRefresh = false) =>
    await requestStableToken(clients.platform, { ...mini(), forceRefresh });

  test("stays the same until its last five minutes, then a new one comes", async () => {
    const first = await token();
    const again = await token();
    await minutes(114);
    const late = await token();
    await minutes(2);
    const renewed = await token();

    expect(again.accessToken).toBe(first.accessToken);
    expect(late.accessToken).toBe(first.accessToken);
    expect(late.expiresInSeconds).toBeGreaterThanOrEqual(300);
    expect(renewed.accessToken).not.toBe(first.accessToken);
    expect(renewed.expiresInSeconds).toBeGreaterThan(7100);
  });

  test("can be forced, thirty seconds apart and twenty times a day", async () => {
    const first = await token();
    const forced = await token(true);
    expect(forced.accessToken).not.toBe(first.accessToken);
    await expect(token(true)).rejects.toMatchObject({ code: "45011" });
    for (let count = 1; count < 20; count += 1) {
      await minutes(1);
      await token(true);
    }
    await minutes(1);
    await expect(token(true)).rejects.toMatchObject({ code: "45009" });
  });

  test("wants POST, JSON, a grant_type and the right secret", async () => {
    const post = async (body: unknown, method: "GET" | "POST" = "POST") => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      return JSON.parse((await postRaw(sandbox, "/cgi-bin/stable_token", text, { method })).text);
    };
    const { appId: appid, appSecret: secret } = official();
    const grant_type = "client_credential";

    expect((await post("", "GET")).errcode).toBe(43002);
    expect((await post("not json")).errcode).toBe(47001);
    expect((await post({ appid, secret })).errcode).toBe(40002);
    expect((await post({ grant_type, secret })).errcode).toBe(41002);
    expect((await post({ grant_type, appid })).errcode).toBe(41004);
    expect((await post({ grant_type, appid, secret: "wrong" })).errcode).toBe(40125);
  });
});

test("the classic token is a new one with every call, apart from the stable one", async () => {
  const { appId, appSecret } = official();
  const path = `/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=${appSecret}`;
  const ask = async () => JSON.parse((await postRaw(sandbox, path, "", { method: "GET" })).text);
  const stable = await requestStableToken(clients.platform, official());

  const first = await ask();
  const second = await ask();

  expect(first).toMatchObject({ expires_in: 7200 });
  expect(second.access_token).not.toBe(first.access_token);
  expect((await requestStableToken(clients.platform, official())).accessToken).toBe(stable.accessToken);
});
