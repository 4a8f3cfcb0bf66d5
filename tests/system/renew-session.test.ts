import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { renewStaffSession } from "@/lib/auth/staff-session";
import { readToken, sessionCookie, writeToken } from "@/lib/auth/staff-token";
import { needsStepUp } from "@/lib/auth/step-up";
import { aShop } from "@/tests/support/a-shop";

/** One browser's cookies, which Next has only within a request. */
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

test("a new password is no proof of who sits there for an account that asks for a code, else it is", async () => {
  const { environment } = it.shop;
  const { name } = sessionCookie(environment);
  const person = { id: 1, email: "o@shop.example", name: "韩", role: "owner", sessionVersion: 2 } as const;
  const longAgo = it.shop.now().getTime() - 61 * 60_000;

  for (const hasTotp of [true, false]) {
    jar.set(name, await writeToken(environment, { ...person, sessionVersion: 1, confirmedAtMs: longAgo }));
    await renewStaffSession({ ...person, hasTotp });

    expect(await readToken(environment, jar.get(name) ?? "")).toMatchObject({ id: 1, sessionVersion: 2 });
    expect(await needsStepUp()).toBe(hasTotp);
  }
});
