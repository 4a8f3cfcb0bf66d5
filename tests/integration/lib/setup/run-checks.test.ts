import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoAccount } from "@/lib/demo/demo-staff";
import { loadCertificates } from "@/lib/sandbox/identity/certificates";
import type { CheckName } from "@/lib/setup/finding";
import { readSetup, runSetup } from "@/lib/setup/read-setup";
import { isForwarded, runChecks } from "@/lib/setup/run-checks";
import { addStaff } from "@/lib/staff/add-staff";
import { createMerchant } from "@/lib/wechat/merchant";
import { aShopAtWechat } from "@/tests/support/a-shop-at-wechat";

const direct = { forwarded: false, address: "127.0.0.1" };
const folder = mkdtempSync(join(tmpdir(), "zhanggui-setup-"));
let it: Awaited<ReturnType<typeof aShopAtWechat>>;
let given: { wechat: typeof it.shop.environment.wechat; siteUrl: string };

beforeAll(async () => {
  it = await aShopAtWechat();
  const { wechat, siteUrl } = it.shop.environment;
  given = { wechat: { ...wechat }, siteUrl };
});
afterAll(async () => {
  await it.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  it.clock.now = new Date();
  it.shop.environment.wechat = { ...given.wechat };
  it.shop.environment.siteUrl = given.siteUrl;
  it.shop.environment.trustedProxies = [];
  it.shop.merchant = createMerchant(it.shop.environment.wechat);
});

/** What one check says now. */
async function found(check: CheckName, asked = direct) {
  const findings = await runChecks(it.shop, asked);
  const { verdict, code, facts } = findings.find((one) => one.check === check) ?? {
    verdict: "",
    code: "",
    facts: {},
  };
  return { said: `${verdict} ${code}`, facts };
}
const saying = async (check: CheckName, asked = direct) => (await found(check, asked)).said;

describe("what WeChat is asked", () => {
  test("number, appid and key are proven by one signed answer", async () => {
    expect(await saying("apiKey")).toBe("fine fine");
  });

  test("another key is told from another merchant number, and from nobody answering", async () => {
    it.shop.merchant = createMerchant({ ...given.wechat, apiKey: "k".repeat(32) });
    expect(await saying("apiKey")).toBe("broken signature");

    it.shop.merchant = createMerchant({ ...given.wechat, mchId: "1900000109" });
    expect(await saying("apiKey")).toBe("broken not_bound");

    it.shop.merchant = createMerchant({ ...given.wechat, payUrl: "https://127.0.0.1:9" });
    expect(await saying("apiKey")).toBe("broken unreachable");
  });

  test("a token is given for the right secret, and refused with what to do for a wrong one", async () => {
    expect(await saying("token")).toBe("fine fine");
    expect(await saying("miniToken")).toBe("fine fine");

    it.shop.environment.wechat.mini = { appId: given.wechat.mini?.appId ?? "", appSecret: "f".repeat(32) };
    await it.sql`DELETE FROM access_tokens`;

    const { said, facts } = await found("miniToken");
    expect(said).toBe("broken refused");
    expect(facts).toMatchObject({ remedy: "check_secret" });
    it.shop.environment.wechat.mini = null;
    expect(await saying("miniToken")).toBe("unknown none");
  });

  test("the ticket for pages is asked for anew, and its refusal is looked at: a shop works without", async () => {
    const { said, facts } = await found("jsSdk");
    expect(said).toBe("fine fine");
    expect(facts).toEqual({ wanted: new URL(given.siteUrl).host });

    await it.sandbox.fault({ call: "getticket", kind: "error", options: { code: "48001" } });
    expect(await found("jsSdk")).toMatchObject({ said: "look refused", facts: { remedy: "ask_for_right" } });
  });

  test("a clock a few seconds off is looked at, one a minute off is broken", async () => {
    expect(await saying("clock")).toBe("fine fine");
    it.clock.now = new Date(Date.now() + 20_000);
    expect(await saying("clock")).toBe("look off");
    it.clock.now = new Date(Date.now() - 90_000);
    expect(await saying("clock")).toBe("broken wrong");
  });
});

describe("the client certificate", () => {
  test("must be there, readable, this merchant's, of its own key and not near its end", async () => {
    const { wechat } = it.shop.environment;
    expect(await saying("certificate")).toBe("fine fine");

    const others = await loadCertificates({ folder: join(folder, "others"), mchId: "1900009999" });
    const broken = join(folder, "broken.pem");
    writeFileSync(broken, "not a certificate");
    const cases = [
      [{ certFile: null, keyFile: null }, "broken none"],
      [{ certFile: join(folder, "nowhere.pem"), keyFile: given.wechat.keyFile }, "broken missing"],
      [{ certFile: broken, keyFile: given.wechat.keyFile }, "broken unreadable"],
      [
        { certFile: others.files.merchantCertificate, keyFile: given.wechat.keyFile },
        "broken key_of_another",
      ],
      [
        { certFile: others.files.merchantCertificate, keyFile: others.files.merchantKey },
        "broken other_merchant",
      ],
    ] as const;
    for (const [files, said] of cases) {
      Object.assign(wechat, files);
      expect(await saying("certificate")).toBe(said);
    }
  });
});

describe("the way from WeChat to the shop", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterAll(() => servers.map((server) => server.close()));

  /** Whatever stands where the shop should be. */
  async function behind(answer: RequestListener): Promise<void> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    it.shop.environment.siteUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test("our own handler is known by how it refuses a GET", async () => {
    const asked: string[] = [];
    await behind((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(405, { allow: "POST" }).end("<xml></xml>");
    });

    expect(await saying("reach")).toBe("fine fine");
    expect(asked).toEqual(["GET /api/notify"]);
  });

  test("a redirect is not followed, and another's answer is not taken for ours", async () => {
    await behind((_, response) => response.writeHead(302, { location: "/sign-in" }).end());
    expect(await found("reach")).toEqual({
      said: "broken redirected",
      facts: { status: 302, to: "/sign-in" },
    });

    await behind((_, response) => response.writeHead(200).end("Welcome to nginx!"));
    expect(await saying("reach")).toBe("broken other_answer");

    it.shop.environment.siteUrl = "http://127.0.0.1:9";
    expect(await saying("reach")).toBe("broken unreachable");
  });

  test("a certificate that nobody signed is not believed", async () => {
    it.shop.environment.siteUrl = new URL(given.wechat.payUrl).origin;

    expect(await saying("tls")).toMatch(/^broken not_believed$/);
  });

  test("the socket's own address in the header is nobody's forwarding", () => {
    expect(isForwarded(null, "127.0.0.1")).toBe(false);
    expect(isForwarded("::ffff:127.0.0.1", "127.0.0.1")).toBe(false);
    expect(isForwarded("203.0.113.9", "127.0.0.1")).toBe(true);
    expect(isForwarded("203.0.113.9, 127.0.0.1", "127.0.0.1")).toBe(true);
  });

  test("a proxy that nobody named is told by its address", async () => {
    const forwarded = { forwarded: true, address: "198.51.100.7" };
    expect(await found("proxy", forwarded)).toEqual({
      said: "broken not_named",
      facts: { address: "198.51.100.7" },
    });

    it.shop.environment.trustedProxies = ["198.51.100.0/24"];
    expect(await saying("proxy", forwarded)).toBe("fine named");
    it.shop.environment.trustedProxies = [];
    expect(await saying("proxy")).toBe("fine direct");
  });
});

describe("what only payments prove", () => {
  test("H5, JSAPI and sign-in are unproven until one came through", async () => {
    expect(await saying("h5Domain")).toBe("unknown unproven");
    expect(await saying("jsapiDirectory")).toBe("unknown unproven");
    expect(await saying("called")).toBe("unknown never");
    const order = await it.anOrder();
    await it.signIn(order.buyer, { guestId: order.memberId });
    expect(await saying("oauthDomain")).toBe("fine proven");

    await order.buyer.pay(order.orderNo, "JSAPI");
    const [outTradeNo = ""] = await order.numbers();
    await it.sandbox.pay({ outTradeNo });

    expect(await saying("jsapiDirectory")).toBe("fine proven");
    expect(await saying("h5Domain")).toBe("unknown unproven");
    expect(await saying("called")).toBe("fine fine");
  });
});

describe("the shop's own house", () => {
  test("a known account, people without a second factor and a worker that is gone are told", async () => {
    expect(await saying("secrets")).toBe("fine fine");
    await addStaff(it.shop, { email: demoAccount.email, role: "owner" }, "correct horse battery");

    expect(await saying("secrets")).toBe("look demo_account");
    expect(await found("secondFactor")).toEqual({ said: "look missing", facts: { count: 1 } });
    expect(await saying("worker")).toBe("broken none");
    expect(await saying("messages")).toBe("look none");
    it.shop.environment.wechat.appKey = null;
    expect(await saying("alarmKey")).toBe("look none");
  });

  test("a run is kept for a minute, and one that is asked for is made at once", async () => {
    const first = await runSetup(it.shop, direct);
    it.clock.now = new Date(first.ranAt.getTime() + 59_000);
    expect((await readSetup(it.shop, direct)).ranAt).toEqual(first.ranAt);

    it.clock.now = new Date(first.ranAt.getTime() + 61_000);
    const second = await readSetup(it.shop, direct);
    expect(second.ranAt).toEqual(it.clock.now);
    it.clock.now = new Date(second.ranAt.getTime() + 1000);
    expect((await runSetup(it.shop, direct)).ranAt).toEqual(it.clock.now);
  });
});
