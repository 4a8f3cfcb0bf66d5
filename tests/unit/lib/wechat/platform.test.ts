import { describe, expect, onTestFinished, test } from "vitest";
import { codeToSession } from "@/lib/wechat/mini-program";
import { authorizeUrl, exchangeCode } from "@/lib/wechat/oauth";
import { createPlatform, isTokenError } from "@/lib/wechat/platform";
import { requestStableToken } from "@/lib/wechat/stable-token";
import { platformAnswering } from "./a-platform";

const app = { appId: "wxd930ea5d5a258f4f", appSecret: "topsecrettopsecrettopsecrettopse" };

describe("signing in inside WeChat", () => {
  test("the address has WeChat's order of parameters and its fragment", () => {
    const url = authorizeUrl({
      openUrl: "https://open.weixin.qq.com/",
      appId: app.appId,
      redirectUri: "https://shop.example/api/auth/callback/wechat?a=1",
      state: "abc123",
    });

    expect(url).toBe(
      "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wxd930ea5d5a258f4f&redirect_uri=https%3A%2F%2Fshop.example%2Fapi%2Fauth%2Fcallback%2Fwechat%3Fa%3D1&response_type=code&scope=snsapi_base&state=abc123&connect_redirect=1#wechat_redirect",
    );
  });

  test.each(["", "a-b", "a b", "状态", "a".repeat(129)])("the state %j is not one WeChat takes", (state) => {
    expect(() =>
      authorizeUrl({
        openUrl: "https://open.weixin.qq.com",
        appId: app.appId,
        redirectUri: "https://shop.example",
        state,
      }),
    ).toThrow(RangeError);
  });

  test("a code is exchanged for an openid", async () => {
    const { platform, asked } = await platformAnswering({
      access_token: "t",
      expires_in: 7200,
      openid: "o1",
      scope: "snsapi_base",
    });

    expect(await exchangeCode(platform, { ...app, code: "c&1" })).toEqual({
      openid: "o1",
      unionid: null,
      isSnapshotUser: false,
    });
    expect(asked).toEqual([
      `GET /prefix/sns/oauth2/access_token?appid=${app.appId}&secret=${app.appSecret}&code=c%261&grant_type=authorization_code `,
    ]);
  });

  test.each([1, "1"])("a visitor of the snapshot page is told apart: %j", async (is_snapshotuser) => {
    const { platform } = await platformAnswering({ openid: "o1", unionid: "u1", is_snapshotuser });

    expect(await exchangeCode(platform, { ...app, code: "c" })).toEqual({
      openid: "o1",
      unionid: "u1",
      isSnapshotUser: true,
    });
  });

  test("a mini program's code is exchanged for a session", async () => {
    const { platform, asked } = await platformAnswering({
      openid: "o1",
      session_key: "tiihtNczf5v6AKRyjwEUhQ==",
      unionid: "u1",
    });

    expect(await codeToSession(platform, { ...app, code: "c" })).toEqual({
      openid: "o1",
      unionid: "u1",
      sessionKey: "tiihtNczf5v6AKRyjwEUhQ==",
    });
    expect(asked[0]).toBe(
      `GET /prefix/sns/jscode2session?appid=${app.appId}&secret=${app.appSecret}&js_code=c&grant_type=authorization_code `,
    );
  });
});

describe("the stable token", () => {
  test("is asked for by POST, without forcing a new one", async () => {
    const { platform, asked } = await platformAnswering({ access_token: "t", expires_in: 7200 });

    expect(await requestStableToken(platform, app)).toEqual({ accessToken: "t", expiresInSeconds: 7200 });
    expect(asked).toEqual([
      `POST /prefix/cgi-bin/stable_token {"grant_type":"client_credential","appid":"${app.appId}","secret":"${app.appSecret}","force_refresh":false}`,
    ]);
  });

  test("is forced anew only when asked to", async () => {
    const { platform, asked } = await platformAnswering({ access_token: "t", expires_in: 7200 });

    await requestStableToken(platform, { ...app, forceRefresh: true });

    expect(asked[0]).toContain('"force_refresh":true');
  });
});

describe("what the platform says no to", () => {
  test.each<[number | string, string]>([
    [40029, "refused"],
    [40163, "refused"],
    [40125, "refused"],
    [40164, "refused"],
    [99999, "refused"],
    [-1, "unknown_result"],
    [45009, "unknown_result"],
    [45011, "unknown_result"],
    [44990, "unknown_result"],
    [10060012, "unknown_result"],
    [10060019, "unknown_result"],
    ["40029", "refused"],
    ["-1", "unknown_result"],
  ])("%s is %s, with WeChat's words and what to do", async (errcode, kind) => {
    const { platform } = await platformAnswering({ errcode, errmsg: "the words, rid: 1" });

    const failure = exchangeCode(platform, { ...app, code: "c" });

    await expect(failure).rejects.toMatchObject({
      kind,
      code: String(errcode),
      text: "the words, rid: 1",
      remedy: expect.stringMatching(/\w/),
    });
  });

  test.each([
    ["not JSON", "<html>", "UNREADABLE"],
    ["a list", "[]", "UNREADABLE"],
    ["null", "null", "UNREADABLE"],
    ["without an openid", "{}", "INCOMPLETE"],
    ["with a number for an openid", '{"openid":1}', "INCOMPLETE"],
  ])("an answer that is %s is an unknown result", async (_what, answer, code) => {
    const { platform } = await platformAnswering(answer);

    await expect(exchangeCode(platform, { ...app, code: "c" })).rejects.toMatchObject({
      kind: "unknown_result",
      code,
    });
  });

  test("no error carries the secret, which stands in the address", async () => {
    const { platform } = await platformAnswering("<html>");
    const closed = createPlatform({ apiUrl: "http://127.0.0.1:1" });
    onTestFinished(() => closed.transport.close());

    for (const at of [platform, closed]) {
      const error = await exchangeCode(at, { ...app, code: "c" }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(app.appSecret);
    }
  });

  test.each([0, "0"])("an errcode of %j is none", async (errcode) => {
    const { platform } = await platformAnswering({ errcode, access_token: "t", expires_in: 7200 });

    expect((await requestStableToken(platform, app)).accessToken).toBe("t");
  });

  test.each([40001, 40014, 42001])("%i asks for another token", async (errcode) => {
    const { platform } = await platformAnswering({ errcode, errmsg: "token" });

    expect(isTokenError(await requestStableToken(platform, app).catch((error: unknown) => error))).toBe(true);
    expect(isTokenError(new Error("40001"))).toBe(false);
  });
});
