import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseEnvironment } from "@/lib/environment/environment";
import { EnvironmentError } from "@/lib/environment/environment-error";
import type { Prepared } from "@/lib/environment/prepared";

const nothing: Prepared = { databaseUrl: null, secrets: null, merchant: null };

const sandboxed: Prepared = {
  databaseUrl: "postgres://zhanggui:p@127.0.0.1:5555/zhanggui",
  secrets: {
    authSecret: `sandbox-${randomBytes(32).toString("hex")}`,
    dataKey: randomBytes(32).toString("base64"),
  },
  merchant: {
    mchId: "1900001234",
    appId: "wx5a4db00000000001",
    appSecret: "sandbox0000000000000000000000001",
    miniAppId: "wx5a4db10000000002",
    miniAppSecret: "sandbox0000000000000000000000002",
    apiKey: "sandbox0000000000000000000000003",
    signType: "MD5",
    appKey: "sandbox4",
    certFile: "/x/cert.pem",
    keyFile: "/x/key.pem",
    caFile: "/x/ca.pem",
    payUrl: "https://127.0.0.1:4001",
    apiUrl: "https://127.0.0.1:4001",
    openUrl: "http://127.0.0.1:4002",
    webUrl: "http://127.0.0.1:4002",
    pushToken: "sandbox5",
    encodingAesKey: "A".repeat(43),
  },
};

function aRealShop(): Record<string, string> {
  return {
    DATABASE_URL: "postgres://shop:secret@db.example:5432/shop",
    SITE_URL: "https://shop.example.cn",
    AUTH_SECRET: randomBytes(32).toString("hex"),
    DATA_KEY: randomBytes(32).toString("base64"),
    WECHAT_MCH_ID: "1900000109",
    WECHAT_APP_ID: "wxd930ea5d5a258f4f",
    WECHAT_APP_SECRET: randomBytes(16).toString("hex"),
    WECHAT_API_KEY: randomBytes(16).toString("hex"),
  };
}

function parse(variables: Record<string, string | undefined>, prepared: Prepared = nothing) {
  return parseEnvironment({ variables, dataDir: "/nowhere", prepared });
}

function problemsOf(variables: Record<string, string | undefined>, prepared: Prepared = nothing): string[] {
  try {
    parse(variables, prepared);
  } catch (error) {
    if (error instanceof EnvironmentError) return [...error.problems];
    throw error;
  }
  return [];
}

describe("a real shop", () => {
  test("with the required settings gets the documented defaults for all others", () => {
    const shop = aRealShop();

    expect(parse(shop)).toEqual({
      port: 3000,
      siteUrl: "https://shop.example.cn",
      databaseUrl: shop.DATABASE_URL,
      directDatabaseUrl: shop.DATABASE_URL,
      pooled: false,
      authSecret: shop.AUTH_SECRET,
      dataKey: shop.DATA_KEY,
      wechat: {
        mchId: "1900000109",
        appId: "wxd930ea5d5a258f4f",
        appSecret: shop.WECHAT_APP_SECRET,
        mini: null,
        apiKey: shop.WECHAT_API_KEY,
        signType: "HMAC-SHA256",
        certFile: null,
        keyFile: null,
        appKey: null,
        deliveryReport: "off",
        payUrl: "https://api.mch.weixin.qq.com",
        apiUrl: "https://api.weixin.qq.com",
        openUrl: "https://open.weixin.qq.com",
        caFile: null,
        push: null,
      },
      sandbox: null,
      metricsToken: null,
      trustedProxies: [],
    });
  });

  test("without anything but its merchant number hears everything that is missing at once", () => {
    const problems = problemsOf({ WECHAT_MCH_ID: "1900000109", PORT: "70000" });

    const named = problems.map((problem) => problem.split(" ")[0]);
    expect(named.sort()).toEqual(
      [
        "AUTH_SECRET",
        "DATABASE_URL",
        "DATA_KEY",
        "PORT",
        "WECHAT_API_KEY",
        "WECHAT_APP_ID",
        "WECHAT_APP_SECRET",
      ].sort(),
    );
  });

  test("never sees a secret of its own in the message", () => {
    const secrets = {
      AUTH_SECRET: "hunter2-hunter2",
      DATA_KEY: "k3y-k3y",
      WECHAT_API_KEY: "t00-short",
      WECHAT_APP_SECRET: "ab12",
    };

    const message = problemsOf({ ...aRealShop(), ...secrets, DATABASE_URL: "mysql://u:pa55@h/x" }).join("\n");

    expect(message).toContain("AUTH_SECRET");
    for (const secret of [...Object.values(secrets), "pa55"]) expect(message).not.toContain(secret);
  });

  test("takes nothing from a sandbox that ran in the same folder", () => {
    const { AUTH_SECRET: _, DATA_KEY: __, ...rest } = aRealShop();

    expect(problemsOf(rest, sandboxed)).toHaveLength(2);
    expect(parse(aRealShop(), sandboxed).wechat.apiKey).not.toBe(sandboxed.merchant?.apiKey);
  });

  test.each([
    ["AUTH_SECRET", "changeme"],
    ["AUTH_SECRET", "your-secret-here-please-change-me!!!"],
    ["AUTH_SECRET", "a".repeat(64)],
    ["AUTH_SECRET", "short"],
    ["AUTH_SECRET", sandboxed.secrets?.authSecret ?? ""],
    ["DATA_KEY", Buffer.alloc(32).toString("base64")],
    ["DATA_KEY", Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")],
    ["DATA_KEY", sandboxed.secrets?.dataKey ?? ""],
    ["DATA_KEY", randomBytes(8).toString("hex")],
    ["WECHAT_API_KEY", "192006250b4c09247ec02edce69f6a2d"],
    ["WECHAT_API_KEY", "8934e7d15453e97507ef794cf7b0519d"],
    ["WECHAT_API_KEY", "0123456789abcdef0123456789abcdef"],
    ["WECHAT_API_KEY", "12345678901234567890123456789012"],
    ["WECHAT_API_KEY", sandboxed.merchant?.apiKey ?? ""],
    ["WECHAT_API_KEY", randomBytes(20).toString("hex")],
    ["WECHAT_APP_SECRET", "secret"],
    ["METRICS_TOKEN", "changeme"],
  ])("is refused with a default, short or demo %s", (name, value) => {
    const problems = problemsOf({ ...aRealShop(), [name]: value }, sandboxed);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
  });

  test("is never refused for random secrets", () => {
    for (let round = 0; round < 500; round += 1) {
      const secrets = {
        AUTH_SECRET: randomBytes(24).toString("base64url"),
        DATA_KEY: randomBytes(32).toString(round % 2 ? "hex" : "base64"),
        METRICS_TOKEN: randomBytes(6).toString("hex"),
      };
      expect(problemsOf({ ...aRealShop(), ...secrets })).toEqual([]);
    }
  });

  test("may use a published sample key against a stand-in on this machine, and nowhere else", () => {
    const sample = { ...aRealShop(), WECHAT_API_KEY: "192006250b4c09247ec02edce69f6a2d" };

    expect(problemsOf({ ...sample, WECHAT_PAY_URL: "https://127.0.0.1:4443" }, sandboxed)).toEqual([]);
    expect(
      problemsOf({ ...sample, WECHAT_PAY_URL: "https://api2.mch.weixin.qq.com" }, sandboxed),
    ).toHaveLength(1);
  });

  test("may write its DATA_KEY in hexadecimal", () => {
    const key = randomBytes(32);

    expect(parse({ ...aRealShop(), DATA_KEY: key.toString("hex") }).dataKey).toBe(key.toString("base64"));
  });
});

describe("SITE_URL", () => {
  test.each([
    "http://shop.example.cn",
    "https://shop.example.cn:8443",
    "https://shop.example.cn/shop",
    "https://shop.example.cn/?a=1",
    "https://203.0.113.7",
    "https://[2001:db8::1]",
    "https://user@shop.example.cn",
    "ftp://shop.example.cn",
    "shop.example.cn",
    "http://127.0.0.1:3000/path",
  ])("%s is refused for a real shop", (siteUrl) => {
    expect(problemsOf({ ...aRealShop(), SITE_URL: siteUrl })).toHaveLength(1);
  });

  test.each([
    ["https://shop.example.cn/", "https://shop.example.cn"],
    ["http://localhost:3100", "http://localhost:3100"],
    ["https://127.0.0.1:3443", "https://127.0.0.1:3443"],
    ["http://[::1]:3000", "http://[::1]:3000"],
  ])("%s is taken for a real shop", (given, siteUrl) => {
    expect(parse({ ...aRealShop(), SITE_URL: given }).siteUrl).toBe(siteUrl);
  });

  test("follows PORT when unset, and an empty variable counts as unset", () => {
    expect(parse({ PORT: "3456", SITE_URL: "" }, sandboxed).siteUrl).toBe("http://localhost:3456");
  });
});

describe("the sandbox", () => {
  test("fills in everything that was left out", () => {
    const environment = parse({}, sandboxed);

    expect(environment).toMatchObject({
      databaseUrl: sandboxed.databaseUrl,
      authSecret: sandboxed.secrets?.authSecret,
      sandbox: { webUrl: "http://127.0.0.1:4002" },
      wechat: {
        mchId: "1900001234",
        signType: "MD5",
        deliveryReport: "delivernotify",
        payUrl: "https://127.0.0.1:4001",
      },
    });
    expect(environment.wechat.mini?.appId).toBe("wx5a4db10000000002");
  });

  test("says to use npm start where nothing has been prepared", () => {
    expect(problemsOf({}).every((problem) => problem.includes("npm start"))).toBe(true);
  });
});

describe("WECHAT_DELIVERY_REPORT", () => {
  const mini = { WECHAT_MINI_APP_ID: "wx1", WECHAT_MINI_APP_SECRET: randomBytes(16).toString("hex") };

  test.each([
    [{}, "off"],
    [mini, "shipping-info"],
    [{ ...mini, WECHAT_APP_KEY: "k".repeat(128) }, "delivernotify"],
    [{ ...mini, WECHAT_APP_KEY: "k".repeat(128), WECHAT_DELIVERY_REPORT: "off" }, "off"],
  ])("with %o is %s", (variables, report) => {
    expect(parse({ ...aRealShop(), ...variables }).wechat.deliveryReport).toBe(report);
  });

  test("that cannot be sent is refused", () => {
    expect(problemsOf({ ...aRealShop(), WECHAT_DELIVERY_REPORT: "delivernotify" })).toHaveLength(1);
    expect(problemsOf({ ...aRealShop(), WECHAT_DELIVERY_REPORT: "shipping-info" })).toHaveLength(1);
  });
});

test.each([
  ["WECHAT_MINI_APP_SECRET", { WECHAT_MINI_APP_ID: "wx1" }],
  ["WECHAT_MINI_APP_ID", { WECHAT_MINI_APP_SECRET: "f3a91c0be7d24586af1022cc" }],
  ["WECHAT_PUSH_TOKEN", { WECHAT_ENCODING_AES_KEY: `${"A1b2".repeat(10)}xyz` }],
  ["DATABASE_URL", { DIRECT_DATABASE_URL: "postgres://h/d", DATABASE_URL: "" }],
  ["WECHAT_CERT_FILE", { WECHAT_CERT_FILE: "/nowhere/cert.pem" }],
  ["WECHAT_CA_FILE", { WECHAT_CA_FILE: "package.json" }],
  ["WECHAT_SIGN_TYPE", { WECHAT_SIGN_TYPE: "SHA1" }],
  ["WECHAT_PAY_URL", { WECHAT_PAY_URL: "https://pay.example/?x=1" }],
  ["WECHAT_MCH_ID", { WECHAT_MCH_ID: "shop" }],
  ["TRUSTED_PROXIES", { TRUSTED_PROXIES: "10.0.0.0/33" }],
  ["TRUSTED_PROXIES", { TRUSTED_PROXIES: "10.0.0.1, proxy.local" }],
  ["TRUSTED_PROXIES", { TRUSTED_PROXIES: "::1/129" }],
  ["PORT", { PORT: "0" }],
  ["PORT", { PORT: "3000x" }],
])("a wrong or missing %s is named (case %#)", (name, variables) => {
  const problems = problemsOf({ ...aRealShop(), ...variables });

  expect(problems.some((problem) => problem.startsWith(`${name} `))).toBe(true);
});

test("addresses and networks of both families are trusted proxies", () => {
  const { trustedProxies } = parse({
    ...aRealShop(),
    TRUSTED_PROXIES: "10.0.0.1, 192.168.0.0/16,::1, fd00::/8",
  });

  expect(trustedProxies).toEqual(["10.0.0.1", "192.168.0.0/16", "::1", "fd00::/8"]);
});

test("a stand-in's host may have a path, and a trailing slash is ignored", () => {
  const { wechat } = parse({
    ...aRealShop(),
    WECHAT_PAY_URL: "http://127.0.0.1:9000/mch/",
    WECHAT_API_URL: "https://a.example/",
  });

  expect(wechat.payUrl).toBe("http://127.0.0.1:9000/mch");
  expect(wechat.apiUrl).toBe("https://a.example");
});

test("a pooler's address turns prepared statements off and leaves the direct one for the worker", () => {
  const direct = "postgres://shop:secret@db.example:5432/shop";
  const environment = parse({
    ...aRealShop(),
    DATABASE_URL: "postgres://p.example:6432/shop",
    DIRECT_DATABASE_URL: direct,
  });

  expect(environment).toMatchObject({ pooled: true, directDatabaseUrl: direct });
});
