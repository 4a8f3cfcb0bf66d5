import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addStaff } from "@/lib/staff/add-staff";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import {
  aStaffMember,
  enterDesk,
  fillSignIn,
  signInOverHttp,
  staffPassword,
} from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";

const { "zh-CN": zh, en } = deskWords;
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

describe("signing in", () => {
  test("on a phone, in Chinese, the demo owner reaches the page that was asked for, and leaves again", async () => {
    const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
    await page.goto(`${running.url}/dashboard/orders?status=paid`);
    await page.getByRole("heading", { name: zh.signIn.title }).waitFor();
    await page.getByText(running.signIn.password).waitFor();
    await expectAccessible();

    await fillSignIn(page, zh, running.signIn);

    await page.waitForURL(`${running.url}/dashboard/orders?status=paid`);
    await page.getByRole("heading", { name: zh.nav.orders }).waitFor();
    await page.getByRole("button", { name: zh.signOut }).click();
    await page.getByRole("heading", { name: zh.signIn.title }).waitFor();
    await page.goto(`${running.url}/dashboard`);
    await page.getByRole("heading", { name: zh.signIn.title }).waitFor();
    await leave();
  });

  test("a wrong password is said beside the field, and the tenth locks the account", async () => {
    const { email } = await aStaffMember(running, "support");
    const { page, expectAccessible, leave } = await visit(browser, { ...desktop, locale: "en-US" });
    await page.goto(`${running.url}/sign-in`);

    await fillSignIn(page, en, { email, password: "wrong" });
    const problem = page.locator("#problem");
    await problem.getByText(en.signIn.refused).waitFor();
    expect(await page.getByLabel(en.signIn.email, { exact: true }).inputValue()).toBe(email);
    expect(await page.getByLabel(en.signIn.password).getAttribute("aria-describedby")).toBe("problem");
    await expectAccessible();

    for (let n = 2; n <= 9; n++) await signInOverHttp(running.url, { email, password: "wrong" });
    await fillSignIn(page, en, { email, password: "wrong" });
    await problem.getByText("try again in 15 minutes").waitFor();
    await fillSignIn(page, en, { email, password: staffPassword });
    await problem.getByText("This account is locked").waitFor();
    await leave();
  });

  test("works without JavaScript", async () => {
    const { page, leave } = await visit(browser, { ...desktop, locale: "en-US", javaScriptEnabled: false });
    await page.goto(`${running.url}/dashboard/orders`);

    await fillSignIn(page, en, { ...running.signIn, password: "wrong" });
    await page.getByText(en.signIn.refused).waitFor();
    await fillSignIn(page, en, running.signIn);

    await page.getByRole("heading", { name: en.nav.orders }).waitFor();
    await leave();
  });

  test.each(["https://evil.example/", "//evil.example", "/x/..//evil.example"])(
    "never leads to %s",
    async (address) => {
      const { page, leave } = await visit(browser, { ...desktop, locale: "en-US" });
      await page.goto(`${running.url}/sign-in?returnTo=${encodeURIComponent(address)}`);

      await fillSignIn(page, en, running.signIn);

      await page.waitForURL(`${running.url}/dashboard`);
      await leave();
    },
  );

  test("the session cookie is out of scripts' reach and not for other sites", async () => {
    const { page, leave } = await visit(browser, { ...desktop, locale: "en-US" });
    await enterDesk(page, running, en);

    const cookie = (await page.context().cookies()).find(({ name }) => name.includes("session-token"));

    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", secure: false, path: "/" });
    await leave();
  });
});

describe("a session", () => {
  test("that next-auth's own endpoint opened is good for the desk, until its version is raised", async () => {
    const { email, id } = await aStaffMember(running, "owner");
    const cookie = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
    const open = () =>
      fetch(`${running.url}/dashboard`, { headers: { cookie }, redirect: "manual" }).then(
        (answer) => answer.status,
      );
    expect(await open()).toBe(200);

    await running.shop.sql`UPDATE staff SET session_version = session_version + 1 WHERE id = ${id}`;

    expect(await open()).toBe(307);
    const session = await fetch(`${running.url}/api/auth/session`, { headers: { cookie } });
    expect(await session.json()).not.toHaveProperty("user");
  });

  test("is nobody's with a made-up cookie, nor on the event stream", async () => {
    const cookie = "next-auth.session-token=eyJhbGciOiJkaXIifQ.made.up";

    const page = await fetch(`${running.url}/dashboard`, { headers: { cookie }, redirect: "manual" });
    const events = await fetch(`${running.url}/api/events`, { headers: { cookie } });

    expect([page.status, events.status]).toEqual([307, 401]);
    expect(await signInOverHttp(running.url, { email: "nobody@shop.example", password: "x" })).toBeNull();
  });
});

describe("a one-time link", () => {
  test("lets a new person choose a password and enter, once", async () => {
    const { email } = { email: `new-${crypto.randomUUID().slice(0, 8)}@shop.example` };
    const { inviteToken } = await addStaff(running.shop, { email, role: "finance" }, null);
    const link = `${running.url}/invite/${inviteToken}`;
    const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
    await page.goto(link);
    const choose = async (password: string, again: string) => {
      await page.getByLabel(zh.invite.password, { exact: true }).fill(password);
      await page.getByLabel(zh.invite.again, { exact: true }).fill(again);
      await page.getByRole("button", { name: zh.invite.submit }).click();
    };

    await choose(staffPassword, "something else");
    await page.getByText(zh.invite.differs).waitFor();
    await choose("1234567890", "1234567890");
    await page.getByText(zh.invite.problems.too_common).waitFor();
    await expectAccessible();
    await choose(staffPassword, staffPassword);

    await page.waitForURL(`${running.url}/dashboard`);
    await page.goto(link);
    await page.getByRole("heading", { name: zh.invite.deadTitle }).waitFor();
    expect(await signInOverHttp(running.url, { email, password: staffPassword })).not.toBeNull();
    await leave();
  });
});
