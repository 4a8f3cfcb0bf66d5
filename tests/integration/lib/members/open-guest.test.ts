import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { socketAddressHeader } from "@/lib/http/client-address";
import { limitGuestsByAddress } from "@/lib/members/limit-guests";
import { openGuest } from "@/lib/members/open-guest";
import { findBuyer } from "@/lib/members/session";
import { aShop } from "@/tests/support/a-shop";

let a: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  a = await aShop();
});
afterAll(() => a.close());

test("one form is one guest, however often and however much at once it is sent", async () => {
  const formKey = randomUUID();

  const guests = await Promise.all(Array.from({ length: 8 }, () => openGuest(a.shop, formKey)));

  expect(new Set(guests.map(({ buyer }) => buyer.memberId)).size).toBe(1);
  expect(new Set(guests.map(({ token }) => token)).size).toBe(1);
  expect(await findBuyer(a.shop.db, guests[0]?.token ?? null, a.clock.now)).toEqual(guests[0]?.buyer);
});

test("two forms are two guests", async () => {
  const one = await openGuest(a.shop, randomUUID());
  const other = await openGuest(a.shop, randomUUID());

  expect(other.buyer.memberId).not.toBe(one.buyer.memberId);
});

test("the token does not follow from the form's key without the shop's secret", async () => {
  const formKey = randomUUID();
  const { token } = await openGuest(a.shop, formKey);
  const stranger = { ...a.shop, environment: { ...a.shop.environment, authSecret: "another".repeat(8) } };

  expect((await openGuest(stranger, formKey)).token).not.toBe(token);
});

test("strangers of one address become thirty guests a minute and no more; the shop's own machine as many as it likes", async () => {
  const ask = (address: string) =>
    limitGuestsByAddress(a.shop, new Headers({ [socketAddressHeader]: address }));

  for (let n = 0; n < 30; n++) await ask("203.0.113.9");

  await expect(ask("203.0.113.9")).rejects.toMatchObject({ code: "too_many_requests" });
  await ask("203.0.113.10");
  for (let n = 0; n < 40; n++) await ask("127.0.0.1");
});
