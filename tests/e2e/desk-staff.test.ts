import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sessionCookie, writeToken } from "@/lib/auth/staff-token";
import type { StaffRole } from "@/lib/db/schema/staff";
import englishProblems from "@/messages/en/problems.json";
import problems from "@/messages/zh-CN/problems.json";
import { aRefundableOrder, askedBy, moneyArrives } from "@/tests/support/a-refundable-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { codeOf, forgetUsedCodes, withAuthenticator } from "@/tests/support/an-authenticator";
import { aStaffMember, fillSignIn, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { type DeskWords, deskWords } from "@/tests/support/desk-words";

const { "zh-CN": zh, en } = deskWords;
const narrow = { ...phone, viewport: { width: 360, height: 780 } };
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});
beforeEach(() => running.shop.sql`DELETE FROM settings`);

const open = (page: Page, summary: string) =>
  page.locator("summary", { hasText: new RegExp(`^${summary}$`) }).click();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const told = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text }).waitFor();
const refused = (page: Page, text: string) => page.getByRole("alert").filter({ hasText: text }).waitFor();
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

async function enterAs(
  role: StaffRole,
  words: DeskWords,
  path: string,
  options: Parameters<typeof visit>[1],
) {
  const person = await aStaffMember(running, role);
  const one = await visit(browser, { locale: words === zh ? "zh-CN" : "en-US", ...options });
  await one.page.goto(running.url + path);
  await fillSignIn(one.page, words, { email: person.email, password: staffPassword });
  await one.page.waitForURL(running.url + path);
  return { ...one, person };
}

/** As if the last proof of who sits there were longer ago than any setting. */
async function letConfirmationPass(page: Page, staffId: number): Promise<void> {
  const [row] = await running.shop
    .sql`SELECT session_version::int AS version FROM staff WHERE id = ${staffId}`;
  const claims = { id: staffId, sessionVersion: row?.version, confirmedAtMs: Date.now() - 61 * 60_000 };
  const value = await writeToken(running.environment, claims);
  await page
    .context()
    .addCookies([{ name: sessionCookie(running.environment).name, value, url: running.url }]);
}

async function aRefund(refundFen: number) {
  const order = await aRefundableOrder(running.shop, {
    items: [{ sku: "TEA-50", quantity: 1 }],
    isPhysical: true,
  });
  const refundNo = await askedBy(running.shop, order, { refundFen });
  const path = `/dashboard/refunds/${refundNo}`;
  const status = async () =>
    (await running.shop.sql`SELECT status FROM refunds WHERE out_refund_no = ${refundNo}`)[0]?.status;
  return { refundNo, path, status };
}

test("somebody is invited, given another role, secured by a second factor on the phone, and shut out again", async () => {
  const boss = await enterAs("owner", en, "/dashboard/staff", desktop);
  await boss.expectAccessible();
  const email = `new-${crypto.randomUUID().slice(0, 8)}@shop.example`;
  await field(boss.page, en.staff.invite.email).fill("not an address");
  await field(boss.page, en.staff.invite.email).evaluate((input: HTMLInputElement) => {
    if (input.form) input.form.noValidate = true;
  });
  await press(boss.page, en.staff.invite.submit);
  await refused(boss.page, englishProblems.email_invalid);
  await field(boss.page, en.staff.invite.email).fill(email);
  await field(boss.page, en.staff.invite.name).fill("Lin");
  await press(boss.page, en.staff.invite.submit);
  await told(boss.page, en.staff.invite.passOn);
  const link = (await boss.page.getByText(/\/invite\/[\w-]{43}$/).textContent()) ?? "";
  await boss.expectAccessible();
  await boss.page.reload();
  await boss.page.getByRole("link", { name: "Lin" }).waitFor();
  expect(await boss.page.getByText(/\/invite\//).count()).toBe(0); // Shown once.

  const lin = await visit(browser, { ...narrow, locale: "zh-CN", colorScheme: "dark" });
  await lin.page.goto(link);
  await field(lin.page, zh.invite.password).fill(staffPassword);
  await field(lin.page, zh.invite.again).fill(staffPassword);
  await press(lin.page, zh.invite.submit);
  await lin.page.waitForURL(`${running.url}/dashboard`);
  const mayOpen = async (path: string) => (await lin.page.request.get(running.url + path)).status();
  expect(await mayOpen("/dashboard/money")).toBe(403);

  await boss.page.getByRole("link", { name: "Lin" }).click();
  await boss.page.getByRole("heading", { name: "Lin" }).waitFor();
  await open(boss.page, en.staff.person.deeds.changeRole);
  await boss.expectAccessible();
  await boss.page.getByLabel(en.staff.invite.role).selectOption("finance");
  await press(boss.page, en.staff.person.deeds.changeRole);
  await told(boss.page, en.staff.person.done.changeRole);
  await boss.page.getByText(en.audit.staff_change_role).first().waitFor();
  expect(await mayOpen("/dashboard/money")).toBe(200); // At once, in the session that was open.

  await lin.page.goto(`${running.url}/dashboard/account`);
  await lin.expectAccessible();
  await press(lin.page, zh.staff.account.totp.begin);
  await lin.page.getByRole("img", { name: zh.staff.account.totp.qrAlt }).waitFor();
  const secret = (await lin.page.getByText(/^([A-Z2-7]{4} ?){8}$/).textContent()) ?? "";
  await lin.expectAccessible();
  await field(lin.page, zh.staff.account.totp.code).fill(codeOf(secret) === "000000" ? "000001" : "000000");
  await press(lin.page, zh.staff.account.totp.turnOn);
  await refused(lin.page, problems.code_wrong);
  await field(lin.page, zh.staff.account.totp.code).fill(codeOf(secret));
  await press(lin.page, zh.staff.account.totp.turnOn);
  await told(lin.page, zh.staff.account.totp.turnedOn);
  const codes = (await field(lin.page, zh.staff.account.totp.keepCodes).inputValue()).split("\n");
  expect(codes).toHaveLength(10);
  await lin.expectAccessible();

  await press(lin.page, zh.signOut);
  const [known] = await running.shop.sql`SELECT id::int FROM staff WHERE email = ${email}`;
  await forgetUsedCodes(running.shop, known?.id);
  await fillSignIn(lin.page, zh, { email, password: staffPassword });
  await lin.page.getByRole("heading", { name: zh.signIn.codeTitle }).waitFor();
  await lin.expectAccessible();
  expect(await mayOpen("/dashboard/money")).toBe(200); // The sign-in page, after a redirect: no session yet.
  expect((await lin.page.request.get(`${running.url}/dashboard/money`, { maxRedirects: 0 })).status()).toBe(
    307,
  );
  await field(lin.page, zh.signIn.code).fill("12 34");
  await press(lin.page, zh.signIn.submit);
  await refused(lin.page, zh.signIn.codeRefused);
  await lin.expectAccessible();
  await field(lin.page, zh.signIn.code).fill(codeOf(secret));
  await press(lin.page, zh.signIn.submit);
  await lin.page.waitForURL(`${running.url}/dashboard`);

  await press(lin.page, zh.signOut);
  await lin.page.getByRole("heading", { name: zh.signIn.title }).waitFor();
  await lin.page.goto(`${running.url}/dashboard/orders`);
  await fillSignIn(lin.page, zh, { email, password: staffPassword });
  await field(lin.page, zh.signIn.code).fill(codes[0]?.toLowerCase() ?? "");
  await press(lin.page, zh.signIn.submit);
  await lin.page.getByText(zh.staff.account.recovered.replace("{left}", "9")).waitFor();
  await lin.expectAccessible();
  await lin.page.getByRole("link", { name: zh.staff.account.goOn }).click();
  await lin.page.waitForURL(`${running.url}/dashboard/orders`);

  await boss.page.reload();
  await open(boss.page, en.staff.person.deeds.disable);
  await press(boss.page, en.staff.person.deeds.disable);
  await told(boss.page, en.staff.person.done.disable);
  await boss.expectAccessible();
  await lin.page.getByRole("link", { name: zh.nav.refunds }).first().click();
  await lin.page.getByRole("heading", { name: zh.signIn.title }).waitFor();
  await fillSignIn(lin.page, zh, { email, password: staffPassword });
  await refused(lin.page, zh.signIn.refused);
  await boss.page.goto(`${running.url}/dashboard/staff/${boss.person.id}`);
  await open(boss.page, en.staff.person.whyNot);
  await boss.page.getByText(en.staff.person.off.own).first().waitFor();
  await lin.leave();
  await boss.leave();
});

describe("both doors ask for the second factor", () => {
  test("next-auth's own: no code, a wrong one, an old one and a used one open nothing, a fresh one does", async () => {
    const { email, id } = await aStaffMember(running, "finance");
    const authenticator = await withAuthenticator(running.shop, id);
    const enter = (code?: string) =>
      signInOverHttp(running.url, { email, password: staffPassword, ...(code !== undefined && { code }) });
    const fresh = await authenticator.code();
    const old = codeOf(authenticator.secret, new Date(Date.now() - 90_000));

    expect([await enter(), await enter(""), await enter("000000"), await enter(old)]).toEqual(
      Array(4).fill(null),
    );
    expect(await enter(fresh)).not.toBeNull();
    expect(await enter(fresh)).toBeNull();
    expect(await enter(authenticator.recoveryCodes[0])).not.toBeNull();
    expect(await enter(authenticator.recoveryCodes[0])).toBeNull();
  });

  test("ours: the same without JavaScript; half a sign-in is no session and ends with the password", async () => {
    const { email, id } = await aStaffMember(running, "owner");
    const authenticator = await withAuthenticator(running.shop, id);
    const { page, leave } = await visit(browser, { ...desktop, locale: "en-US", javaScriptEnabled: false });
    await page.goto(`${running.url}/sign-in/code`);
    await page.getByRole("heading", { name: en.signIn.title }).waitFor(); // No password was right here.
    await page.goto(`${running.url}/dashboard/staff`);
    await fillSignIn(page, en, { email, password: staffPassword });
    const half = (await page.context().cookies(`${running.url}/sign-in`)).find(
      ({ name }) => name === "zg_second_step",
    );
    expect(half).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/sign-in" });
    const session = sessionCookie(running.environment).name;
    const asSession = await fetch(`${running.url}/dashboard`, {
      headers: { cookie: `${session}=${half?.value}; zg_second_step=${half?.value}` },
      redirect: "manual",
    });
    expect(asSession.status).toBe(307);

    const used = codeOf(authenticator.secret, running.shop.now()); // By turning it on.
    for (const wrong of ["000000", codeOf(authenticator.secret, new Date(Date.now() - 90_000)), used]) {
      await field(page, en.signIn.code).fill(wrong);
      await press(page, en.signIn.submit);
      await page.getByText(en.signIn.codeRefused).waitFor();
    }
    await running.shop.sql`UPDATE staff SET session_version = session_version + 1 WHERE id = ${id}`;
    await field(page, en.signIn.code).fill(await authenticator.code());
    await press(page, en.signIn.submit);
    await page.getByText(en.signIn.again).waitFor();
    await fillSignIn(page, en, { email, password: staffPassword });
    await field(page, en.signIn.code).fill(await authenticator.code());
    await press(page, en.signIn.submit);
    await page.waitForURL(`${running.url}/dashboard/staff`);
    await leave();
  });

  test("a one-time link stands for the password alone", async () => {
    const { id, email } = await aStaffMember(running, "support");
    const authenticator = await withAuthenticator(running.shop, id);
    const boss = await enterAs("owner", en, `/dashboard/staff/${id}`, { ...desktop, colorScheme: "dark" });
    await open(boss.page, en.staff.person.deeds.renewInvite);
    await press(boss.page, en.staff.person.deeds.renewInvite);
    const link = (await boss.page.getByText(/\/invite\/[\w-]{43}$/).textContent()) ?? "";
    await boss.expectAccessible();
    await boss.leave();
    const { page, leave } = await visit(browser, { ...desktop, locale: "en-US" });
    await page.goto(link);
    await field(page, en.invite.password).fill("a better password");
    await field(page, en.invite.again).fill("a better password");
    await press(page, en.invite.submit);
    await page.getByRole("heading", { name: en.signIn.codeTitle }).waitFor();

    await field(page, en.signIn.code).fill(await authenticator.code());
    await press(page, en.signIn.submit);

    await page.waitForURL(`${running.url}/dashboard`);
    expect(await signInOverHttp(running.url, { email, password: "a better password" })).toBeNull();
    await leave();
  });
});

describe("before money leaves", () => {
  test("the password is asked for in the form itself, nothing typed is lost, and other tabs are not asked again", async () => {
    const [first, second] = [await aRefund(3000), await aRefund(200)];
    const { page, person, expectAccessible, leave } = await enterAs("finance", zh, first.path, narrow);
    const password = field(page, zh.staff.stepUp.password);
    expect(await password.count()).toBe(0); // Signing in was a proof.
    const otherTab = await page.context().newPage();
    await letConfirmationPass(page, person.id);
    await otherTab.goto(running.url + second.path);
    await field(otherTab, zh.staff.stepUp.password).first().waitFor();

    await page.getByLabel(zh.refund.approve.amount).fill("20.5");
    await press(page, zh.refund.approve.submit);
    await refused(page, problems.step_up_required);
    expect(await page.getByLabel(zh.refund.approve.amount).inputValue()).toBe("20.5");
    await expectAccessible();
    await password.first().fill("wrong");
    await press(page, zh.refund.approve.submit);
    await refused(page, problems.password_wrong);
    expect(await page.getByLabel(zh.refund.approve.amount).inputValue()).toBe("20.5");
    expect(await password.first().inputValue()).toBe("");
    expect(await page.content()).not.toContain(staffPassword);
    expect(await first.status()).toBe("requested");
    await password.first().fill(staffPassword);
    await press(page, zh.refund.approve.submit);
    await told(page, zh.refund.done.approve);
    expect(await first.status()).toBe("approved");

    await press(otherTab, zh.refund.approve.submit); // Drawn with the field, which is empty and not needed any more.
    await told(otherTab, zh.refund.done.approve);
    expect(await second.status()).toBe("approved");
    const confirmed = await running.shop.sql`
      SELECT after FROM audit_entries WHERE action = 'staff.confirm' AND staff_id = ${person.id}`;
    expect(confirmed).toEqual([{ after: { way: "password" } }]);
    await leave();
  });

  test("without JavaScript a code is asked for every time where the setting says so, for one, for many and for money given back", async () => {
    await running.shop.sql`INSERT INTO settings (key, value) VALUES ('stepUpMinutes', '0')`;
    const [one, batched] = [await aRefund(100), await aRefund(200)];
    const { page, person, leave } = await enterAs("owner", en, "/dashboard", {
      ...desktop,
      javaScriptEnabled: false,
    });
    const authenticator = await withAuthenticator(running.shop, person.id);
    const code = () => page.getByLabel(en.staff.stepUp.code, { exact: true }).first();

    await page.goto(running.url + one.path);
    await code().fill(await authenticator.code());
    await press(page, en.refund.approve.submit);
    await told(page, en.refund.done.approve);
    await page.goto(`${running.url}/dashboard/refunds`);
    await page.getByRole("checkbox", { name: batched.refundNo }).check();
    await press(page, en.refunds.batch.approve);
    await refused(page, englishProblems.step_up_required);
    expect(await page.getByRole("checkbox", { name: batched.refundNo }).isChecked()).toBe(true);
    await code().fill(authenticator.recoveryCodes[0] ?? "");
    await press(page, en.refunds.batch.approve);
    await told(page, batched.refundNo);
    const number = await moneyArrives(running.shop, { outTradeNo: `nobodys-${person.id}`, totalFen: 700 });
    await page.goto(`${running.url}/dashboard/money?verdict=unknown`);
    const row = page.getByRole("row").filter({ hasText: number });
    await row.locator("summary", { hasText: en.money.settle.giveBack }).click();
    await row.getByLabel(en.money.settle.note).last().fill("nobody's");
    await row.getByLabel(en.staff.stepUp.code).fill("000000");
    await row.getByRole("button", { name: en.money.settle.giveBackSubmit }).click();
    await refused(page, englishProblems.code_wrong);
    expect(
      await running.shop.sql`SELECT 1 FROM refunds f JOIN receipts r ON r.id = f.receipt_id
      WHERE r.transaction_id = ${number}`,
    ).toHaveLength(0);

    await page.goto(`${running.url}/dashboard/settings`);
    const setting = page.getByRole("row").filter({ hasText: en.settings.names.stepUpMinutes });
    await setting.getByRole("textbox", { name: en.settings.names.stepUpMinutes }).fill("60");
    await setting.getByLabel(en.staff.stepUp.code).fill("000000");
    await setting.getByRole("button", { name: en.settings.save }).click();
    await page.getByText(englishProblems.code_wrong).waitFor();
    const kept = await running.shop.sql`SELECT value FROM settings WHERE key = 'stepUpMinutes'`;
    expect(kept).toEqual([{ value: 0 }]); // The guard is not taken away without it.

    expect([await one.status(), await batched.status()]).toEqual(["approved", "approved"]);
    await leave();
  });

  test("a password is changed and other sessions end, this one stays, and ending sessions proves nothing", async () => {
    const { path } = await aRefund(100);
    const { page, person, leave } = await enterAs("finance", en, "/dashboard/account", desktop);
    const elsewhere =
      (await signInOverHttp(running.url, { email: person.email, password: staffPassword })) ?? "";
    const there = async () =>
      (await fetch(`${running.url}/dashboard`, { headers: { cookie: elsewhere }, redirect: "manual" }))
        .status;
    expect(await there()).toBe(200);
    await letConfirmationPass(page, person.id);

    await press(page, en.staff.account.sessions.submit);
    await told(page, en.staff.account.sessions.done);
    expect(await there()).toBe(307);
    await page.goto(running.url + path);
    await field(page, en.staff.stepUp.password).first().waitFor();
    await page.goto(`${running.url}/dashboard/account`);
    const { password: words } = en.staff.account;
    for (const [old, answer] of [
      ["wrong", englishProblems.password_wrong],
      [staffPassword, words.done],
    ] as const) {
      await field(page, words.old).fill(old);
      await field(page, words.new).fill("a better password");
      await field(page, words.again).fill("a better password");
      await press(page, words.submit);
      await page.getByText(answer).waitFor();
    }

    await page.goto(running.url + path);
    await page.getByRole("button", { name: en.refund.approve.submit }).waitFor();
    expect(await field(page, en.staff.stepUp.password).count()).toBe(0);
    expect(
      await signInOverHttp(running.url, { email: person.email, password: "a better password" }),
    ).not.toBeNull();
    await leave();
  });
});
