import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as miniProgram } from "@/app/api/auth/mini-program/route";
import { GET as callback } from "@/app/api/auth/wechat/callback/route";
import { GET as start } from "@/app/api/auth/wechat/route";
import { socketAddressHeader } from "@/lib/http/client-address";
import { openSession } from "@/lib/members/session";
import { signInWithOpenid } from "@/lib/members/sign-in-with-openid";
import { createOrder } from "@/lib/orders/create-order";
import { aCaller } from "@/tests/support/a-caller";
import { aShopAtWechat } from "@/tests/support/a-shop-at-wechat";

let it: Awaited<ReturnType<typeof aShopAtWechat>>;
beforeAll(async () => {
  it = await aShopAtWechat();
});
afterAll(() => it.close());

const appid = () => it.shop.environment.wechat.appId;
const signIn = (openid: string, guestId: number | null = null) =>
  it.shop.db.transaction((tx) => signInWithOpenid(tx, { appid: appid(), openid, guestId }));
const memberOf = async (orderId: number) =>
  Number((await it.sql`SELECT member_id FROM orders WHERE id = ${orderId}`)[0]?.member_id);

describe("an openid and its member", () => {
  test("the same openid twenty times at once is one member", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => signIn("oTwentyAtOnce")));

    expect(new Set(ids).size).toBe(1);
    expect(await it.sql`SELECT 1 FROM member_identities WHERE openid = 'oTwentyAtOnce'`).toHaveLength(1);
  });

  test("a guest becomes the member of a new openid, orders and all", async () => {
    const order = await it.anOrder();

    const memberId = await signIn("oNewcomer", order.memberId);

    expect(memberId).toBe(order.memberId);
    expect(await memberOf(order.orderId)).toBe(memberId);
  });

  test("a guest's cookie, perhaps planted by somebody else, ends with the sign-in", async () => {
    const [newcomer, known] = [await it.anOrder(), await it.anOrder()];
    await signIn("oVictim");

    await signIn("oPlanted", newcomer.memberId);
    await signIn("oVictim", known.memberId);

    expect((await newcomer.buyer.read(newcomer.orderNo)).status).toBe(404);
    expect((await known.buyer.read(known.orderNo)).status).toBe(404);
  });

  test("a guest who signs in as a known member brings the orders along", async () => {
    const memberId = await signIn("oKnown");
    const order = await it.anOrder();

    const signedIn = await signIn("oKnown", order.memberId);

    expect(signedIn).toBe(memberId);
    expect(await memberOf(order.orderId)).toBe(memberId);
    expect(await it.sql`SELECT 1 FROM members WHERE id = ${order.memberId}`).toHaveLength(0);
  });

  test("a member who signs in with another openid stays who they were: nobody's orders move", async () => {
    const first = await signIn("oFirst");
    const token = await openSession(it.shop.db, {
      memberId: first,
      expiresAt: new Date(Date.now() + 60_000),
    });
    const buyer = aCaller();
    buyer.setCookie(`zg_member=${token}`);
    const { sku } = await it.aProduct();
    const { body } = await buyer.order({ items: [{ sku, quantity: 1 }] });

    const second = await signIn("oSecond", first);

    expect(second).not.toBe(first);
    expect((await buyer.read(String(body.orderNo))).status).toBe(200);
  });

  test("one guest signing in as two people at once belongs to one of them, whole", async () => {
    for (let round = 0; round < 10; round++) {
      await signIn(`oOld${round}`);
      const guest = await it.anOrder();

      const ids = await Promise.all([
        signIn(`oOld${round}`, guest.memberId),
        signIn(`oNew${round}`, guest.memberId),
      ]);

      expect(new Set(ids).size).toBe(2);
      expect(ids).toContain(await memberOf(guest.orderId));
    }
  });

  test("a checkout that is repeated after signing in is the same order", async () => {
    await signIn("oShopper");
    const guest = await it.anOrder();
    const body = { items: [{ sku: guest.sku, quantity: 1 }] };
    const key = { "idempotency-key": "once" };
    const first = await guest.buyer.order(body, key);

    const memberId = await signIn("oShopper", guest.memberId);
    const expiresAt = new Date(Date.now() + 60_000);
    guest.buyer.setCookie(`zg_member=${await openSession(it.shop.db, { memberId, expiresAt })}`);

    expect((await guest.buyer.order(body, key)).body.orderNo).toBe(first.body.orderNo);
  });

  test("an order that is being taken while its guest signs in is neither lost nor in the way", async () => {
    for (let round = 0; round < 20; round++) {
      const memberId = await signIn(`oRace${round}`);
      const guest = await it.anOrder();
      const request = { items: [{ sku: guest.sku, quantity: 1 }] };
      const buyer = { memberId: guest.memberId, appid: null, openid: null };

      const [made, signedIn] = await Promise.allSettled([
        createOrder(it.shop, { buyer, request, idempotencyKey: null }),
        signIn(`oRace${round}`, guest.memberId),
      ]);

      expect(signedIn).toEqual({ status: "fulfilled", value: memberId });
      if (made.status === "fulfilled") expect(await memberOf(made.value.orderId)).toBe(memberId);
      else expect(made.reason).toMatchObject({ code: "unauthenticated" }); // The session is the member's now: again, please.
      expect(await memberOf(guest.orderId)).toBe(memberId);
    }
  });
});

describe("a mini program's token", () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    miniProgram(
      new Request("http://shop.test/api/auth/mini-program", {
        method: "POST",
        body: JSON.stringify(body),
        headers,
      }),
      {},
    );

  test("is a bearer token for seven days, and then no more", async () => {
    const { code } = await it.sandbox.code({ app: "mini", buyer: "chen" });
    const answer = await post({ code });
    const { token, expiresAt } = await answer.json();
    const caller = aCaller({ headers: { authorization: `Bearer ${token}` } });
    const { sku } = await it.aProduct();
    const { body } = await caller.order({ items: [{ sku, quantity: 1 }] });
    const now = it.clock.now;
    const at = async (ms: number) => {
      it.clock.now = new Date(now.getTime() + ms);
      return (await caller.read(String(body.orderNo))).status;
    };

    const week = 7 * 86_400_000;
    const statuses = [await at(0), await at(week - 1000), await at(week + 1000)];
    it.clock.now = now;

    expect(answer.status).toBe(200);
    expect(Date.parse(expiresAt) - now.getTime()).toBe(week);
    expect(statuses).toEqual([200, 200, 401]);
    expect(await it.sql`SELECT 1 FROM member_sessions WHERE token_hash = ${token}`).toHaveLength(0);
  });

  test("a token that is no good orders nothing, rather than as somebody else", async () => {
    const { sku } = await it.aProduct();
    const answers = [];
    for (const authorization of [`Bearer ${"x".repeat(43)}`, "Bearer short", "bearer no"])
      answers.push(await aCaller({ headers: { authorization } }).order({ items: [{ sku, quantity: 1 }] }));

    for (const { status, body } of answers) expect([status, body.code]).toEqual([401, "unauthenticated"]);
  });

  test("the same person again is the same member", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 2; n++) {
      const { code, miniOpenid } = await it.sandbox.code({ app: "mini", buyer: "gao" });
      expect((await post({ code })).status).toBe(200);
      ids.push(
        ...(await it.sql`SELECT member_id FROM member_identities WHERE openid = ${miniOpenid}`).map((row) =>
          Number(row.member_id),
        ),
      );
    }

    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test("a guest's session takes the guest's orders along, and ends", async () => {
    const signIn = async (headers: Record<string, string>) => {
      const { code } = await it.sandbox.code({ app: "mini", buyer: "luo" });
      const { token } = await (await post({ code }, headers)).json();
      return aCaller({ headers: { authorization: `Bearer ${token}` } });
    };
    const [first, second] = [await it.anOrder(), await it.anOrder()];
    const guestToken = second.buyer.cookie.replace("zg_member=", "");

    const newcomer = await signIn({ cookie: first.buyer.cookie }); // In a web view of the mini program.
    const known = await signIn({ authorization: `Bearer ${guestToken}` });
    const stranger = await signIn({});

    for (const caller of [known, stranger])
      for (const { orderNo } of [first, second]) expect((await caller.read(orderNo)).status).toBe(200);
    expect((await newcomer.read(first.orderNo)).status).toBe(200);
    expect(await memberOf(second.orderId)).toBe(await memberOf(first.orderId));
    for (const { buyer, orderNo } of [first, second]) expect((await buyer.read(orderNo)).status).toBe(404);
  });

  test("a code that is refused leaves the guest a guest", async () => {
    const guest = await it.anOrder();

    const refused = await post({ code: "made-up" }, { cookie: guest.buyer.cookie });

    expect(refused.status).toBe(422);
    expect((await guest.buyer.read(guest.orderNo)).status).toBe(200);
  });

  test("a code used twice, a made-up one and none at all are refused", async () => {
    const { code } = await it.sandbox.code({ app: "mini" });
    await post({ code });

    const answers = [
      await post({ code }),
      await post({ code: "made-up" }),
      await post({}),
      await post({ code: 7 }),
    ];

    const told = await Promise.all(
      answers.map(async (answer) => `${answer.status} ${(await answer.json()).code}`),
    );
    expect(told).toEqual(["422 sign_in_refused", "422 sign_in_refused", "400 malformed", "400 malformed"]);
  });

  test("WeChat being busy is 502, not a refusal", async () => {
    const { code } = await it.sandbox.code({ app: "mini" });
    await it.sandbox.fault({ call: "jscode2session", kind: "error", options: { code: "-1" } });

    const busy = await post({ code });

    expect([busy.status, (await busy.json()).code]).toEqual([502, "wechat_unavailable"]);
    expect((await post({ code })).status).toBe(200);
  });

  test("without a mini program in the settings there is no such address", async () => {
    const { wechat } = it.shop.environment;
    const { mini } = wechat;
    wechat.mini = null;

    const answer = await post({ code: "x" });
    wechat.mini = mini;

    expect(answer.status).toBe(404);
  });
});

test("invented codes of one address do not use up the shop's calls to WeChat: the 301st of a minute is not asked about", async () => {
  const from = (address: string) => {
    const headers = { [socketAddressHeader]: address };
    const made = new Request("http://shop.test/api/auth/mini-program", {
      method: "POST",
      body: '{"code":"made-up"}',
      headers,
    });
    return miniProgram(made, {});
  };
  const stranger = "2001:db8:0:7::1";
  const first = await Promise.all(Array.from({ length: 300 }, () => from(stranger)));
  expect(new Set(first.map(({ status }) => status))).toEqual(new Set([422]));

  const [refused, neighbour] = [await from("2001:db8:0:7:ffff::2"), await from("2001:db8:0:8::1")];

  expect([refused.status, (await refused.json()).code]).toEqual([429, "too_many_requests"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(neighbour.status).toBe(422);
  const { code, openid } = await it.sandbox.code({ buyer: "late" });
  const back = await callback(
    new Request(`http://shop.test/api/auth/wechat/callback?code=${code}&state=s`, {
      headers: { [socketAddressHeader]: stranger, cookie: `zg_oauth=s.${btoa("/cart")}` },
    }),
    {},
  );
  expect(back.headers.get("location")).toBe(`${it.shop.environment.siteUrl}/cart?signIn=failed`);
  expect(await it.sql`SELECT 1 FROM member_identities WHERE openid = ${openid}`).toHaveLength(0);
});

describe("signing in inside WeChat", () => {
  const begin = async (returnTo: string) => {
    const response = await start(
      new Request(`http://shop.test/api/auth/wechat?returnTo=${encodeURIComponent(returnTo)}`),
      {},
    );
    return tripOf(response);
  };
  const tripOf = (response: Response) => {
    const location = response.headers.get("location");
    return {
      status: response.status,
      location: location ? new URL(location) : null,
      cookie: (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "",
    };
  };
  const comeBack = (of: { code?: string; state?: string | null; cookie?: string }) =>
    callback(
      new Request(`http://shop.test/api/auth/wechat/callback?code=${of.code ?? ""}&state=${of.state ?? ""}`, {
        headers: { cookie: of.cookie ?? "" },
      }),
      {},
    );

  test("goes to WeChat without asking the buyer anything, and comes back signed in where it began", async () => {
    const guest = await it.anOrder();
    const trip = await begin(`/orders/${guest.orderNo}?x=1`);
    const { code, openid } = await it.sandbox.code({ buyer: "wang" });

    const back = await comeBack({
      code,
      state: trip.location?.searchParams.get("state"),
      cookie: `${trip.cookie}; ${guest.buyer.cookie}`,
    });

    expect(trip.status).toBe(302);
    expect(trip.location?.searchParams.get("scope")).toBe("snsapi_base");
    expect(trip.location?.searchParams.get("redirect_uri")).toBe(
      `${it.shop.environment.siteUrl}/api/auth/wechat/callback`,
    );
    expect(back.status).toBe(302);
    expect(back.headers.get("location")).toBe(`${it.shop.environment.siteUrl}/orders/${guest.orderNo}?x=1`);
    const member = back.headers.getSetCookie().find((cookie) => cookie.startsWith("zg_member="));
    expect(member).toMatch(/HttpOnly; SameSite=Lax/);
    const [identity] = await it.sql`SELECT member_id FROM member_identities WHERE openid = ${openid}`;
    expect(Number(identity?.member_id)).toBe(guest.memberId);
    guest.buyer.setCookie(member?.split(";")[0] ?? "");
    expect((await guest.buyer.pay(guest.orderNo, "JSAPI")).status).toBe(200);
  });

  test.each(
    [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
      "\\/evil",
      "/a\nb",
      "",
    ].map((path) => [path]),
  )("returnTo=%j leads nowhere but to us", async (returnTo) => {
    const trip = await begin(returnTo);

    if (trip.status === 400) return;
    expect(returnTo).toBe(""); // Nothing said is our front page.
  });

  test("a state that is not this browser's signs nobody in", async () => {
    const [mine, theirs] = [await begin("/cart"), await begin("/cart")];
    const { code } = await it.sandbox.code({ buyer: "li" });
    const before = await it.sql`SELECT count(*) FROM member_sessions`;

    const answers = [
      await comeBack({ code, state: theirs.location?.searchParams.get("state"), cookie: mine.cookie }),
      await comeBack({ code, state: mine.location?.searchParams.get("state") }),
      await comeBack({ code, state: null, cookie: mine.cookie }),
      await comeBack({ code, state: "", cookie: "zg_oauth=." }),
    ];

    for (const answer of answers) {
      expect(answer.status).toBe(302);
      expect(answer.headers.get("location")).toContain("signIn=failed");
      expect(answer.headers.getSetCookie().some((cookie) => cookie.startsWith("zg_member="))).toBe(false);
    }
    expect(await it.sql`SELECT count(*) FROM member_sessions`).toEqual(before);
  });

  test("the answer that signs in is lost: the same address again brings the buyer back to the order, signed in", async () => {
    await signIn((await it.sandbox.code({ buyer: "zhou" })).openid); // Known: the guest's own session ends with the sign-in.
    const guest = await it.anOrder();
    const first = await begin(`/orders/${guest.orderNo}`);
    const { code } = await it.sandbox.code({ buyer: "zhou" });
    const visit = { code, state: first.location?.searchParams.get("state") };
    const cookie = `${first.cookie}; ${guest.buyer.cookie}`;
    await comeBack({ ...visit, cookie });

    const second = tripOf(await comeBack({ ...visit, cookie }));
    const back = await comeBack({
      code: (await it.sandbox.code({ buyer: "zhou" })).code,
      state: second.location?.searchParams.get("state"),
      cookie: `${second.cookie}; ${guest.buyer.cookie}`,
    });

    expect(second.location?.pathname).toBe(first.location?.pathname);
    expect(second.location?.searchParams.get("state")).not.toBe(visit.state);
    expect(back.headers.get("location")).toBe(`${it.shop.environment.siteUrl}/orders/${guest.orderNo}`);
    const member = back.headers.getSetCookie().find((one) => one.startsWith("zg_member="));
    guest.buyer.setCookie(member?.split(";")[0] ?? "");
    expect((await guest.buyer.read(guest.orderNo)).status).toBe(200);
  });

  test("a code that WeChat refuses twice, or none, ends on our own page and not in an error", async () => {
    for (const code of ["made-up", "", "x".repeat(300)]) {
      let trip = await begin("/cart");
      if (code === "made-up")
        trip = tripOf(
          await comeBack({ code, state: trip.location?.searchParams.get("state"), cookie: trip.cookie }),
        );

      const back = await comeBack({
        code,
        state: trip.location?.searchParams.get("state"),
        cookie: trip.cookie,
      });

      expect(back.status).toBe(302);
      expect(back.headers.get("location")).toBe(`${it.shop.environment.siteUrl}/cart?signIn=failed`);
    }
  });

  test("when the shop itself cannot, the buyer is back on the page as well, not signed in", async () => {
    const trip = await begin("/cart");
    const { code } = await it.sandbox.code({ buyer: "qian" });
    await it.sql`ALTER TABLE member_identities RENAME TO away`;

    const back = await comeBack({
      code,
      state: trip.location?.searchParams.get("state"),
      cookie: trip.cookie,
    });
    await it.sql`ALTER TABLE away RENAME TO member_identities`;

    expect([back.status, back.headers.get("location")]).toEqual([
      302,
      `${it.shop.environment.siteUrl}/cart?signIn=failed`,
    ]);
    expect(back.headers.getSetCookie().some((cookie) => cookie.startsWith("zg_member="))).toBe(false);
  });

  test("the state works once: its cookie is taken away", async () => {
    const trip = await begin("/cart");
    const { code } = await it.sandbox.code({ buyer: "sun" });

    const back = await comeBack({
      code,
      state: trip.location?.searchParams.get("state"),
      cookie: trip.cookie,
    });

    expect(back.headers.getSetCookie().some((cookie) => /^zg_oauth=;.*Max-Age=0/.test(cookie))).toBe(true);
  });
});
