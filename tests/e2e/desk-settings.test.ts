import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSettings } from "@/lib/settings/read-settings";
import { readSecret } from "@/lib/settings/secret-setting";
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
import { type DeskWords, deskWords } from "@/tests/support/desk-words";

const { "zh-CN": zh, en } = deskWords;
const path = "/dashboard/settings";
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

type Name = keyof DeskWords["settings"]["names"];
const field = (page: Page, words: DeskWords, name: Name) =>
  page.getByRole("textbox", { name: words.settings.names[name], exact: true });
async function save(page: Page, words: DeskWords, name: Name, value: string) {
  await field(page, words, name).fill(value);
  const button = `${words.settings.save} ${words.settings.names[name]}`;
  await page.getByRole("button", { name: button, exact: true }).click();
}
const changes = (key: string) =>
  running.shop.sql`SELECT before->'value' AS before, after->'value' AS after FROM audit_entries
    WHERE action = 'setting.change' AND subject_id = ${key} ORDER BY id`;

describe.each([
  {
    how: "with JavaScript, on a phone",
    options: { ...phone, locale: "zh-CN", javaScriptEnabled: true },
    words: zh,
    first: 1000,
  },
  {
    how: "without JavaScript, at a desk",
    options: { ...desktop, locale: "en-US", javaScriptEnabled: false },
    words: en,
    first: 1250,
  },
])("an owner $how", ({ options, words, first }) => {
  const next = first + 250;

  test("changes one; what cannot be is told beside its field, and stays there to be mended", async () => {
    const { page, expectAccessible, leave } = await visit(browser, options);
    await enterDesk(page, running, words, path);
    const earlier = await changes("freightFlatFen");
    expect(await field(page, words, "freightFlatFen").inputValue()).toBe((first / 100).toFixed(2));

    await save(page, words, "freightFlatFen", "12.345");
    await page.getByRole("alert").filter({ hasText: "1,000" }).waitFor();
    expect(await field(page, words, "freightFlatFen").inputValue()).toBe("12.345");
    expect(await field(page, words, "freightFlatFen").getAttribute("aria-invalid")).toBe("true");
    if (options.javaScriptEnabled) await expectAccessible();
    expect(await changes("freightFlatFen")).toHaveLength(earlier.length);

    await save(page, words, "freightFlatFen", `¥${next / 100}`);
    await page.getByRole("status").filter({ hasText: words.settings.saved }).waitFor();
    expect(await field(page, words, "freightFlatFen").inputValue()).toBe((next / 100).toFixed(2));
    expect((await readSettings(running.shop.db)).freightFlatFen).toBe(next);
    expect((await changes("freightFlatFen")).slice(earlier.length)).toEqual([{ before: first, after: next }]);

    await save(page, words, "freightFlatFen", String(next / 100));
    await page.getByRole("status").filter({ hasText: words.settings.unchanged }).waitFor();
    expect(await changes("freightFlatFen")).toHaveLength(earlier.length + 1);
    await leave();
  });

  test("is told of each kind what it takes", async () => {
    const { page, leave } = await visit(browser, options);
    await enterDesk(page, running, words, path);

    for (const [name, value, hint] of [
      ["orderExpiresMinutes", "4", "1440"],
      ["shopName", " ", "30"],
      ["timeZone", "Asia/Nowhere", "Asia/Shanghai"],
    ] as const) {
      await save(page, words, name, value);
      await page.getByRole("alert").filter({ hasText: hint }).waitFor();
    }

    expect(await readSettings(running.shop.db)).toMatchObject({
      orderExpiresMinutes: 30,
      shopName: "掌柜小店",
      timeZone: "Asia/Shanghai",
    });
    await leave();
  });
});

test("the robot's address is taken, masked from then on, kept when nothing is typed, and switched off", async () => {
  const secret = "693a91f6-7abc-4bc4-97a0-0ec2bd17c0de";
  const url = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${secret}`;
  const masked = "https://qyapi.weixin.qq.com/…c0de";
  const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await enterDesk(page, running, zh, path);

  await save(page, zh, "messageWebhookUrl", "http://example.com/robot");
  await page.getByRole("alert").filter({ hasText: zh.settings.problems.address }).waitFor();
  await save(page, zh, "messageWebhookUrl", url);
  await page.getByText(masked).waitFor();
  await expectAccessible();
  await page.reload();
  await page.getByText(masked).waitFor();
  expect(await page.content()).not.toContain("693a91f6");
  expect(await field(page, zh, "messageWebhookUrl").inputValue()).toBe("");
  await save(page, zh, "messageWebhookUrl", "");
  await page.getByRole("status").filter({ hasText: zh.settings.unchanged }).waitFor();
  expect(await readSecret(running.shop, "messageWebhookUrl")).toBe(url);

  const off = `${zh.settings.switchOff} ${zh.settings.names.messageWebhookUrl}`;
  await page.getByRole("button", { name: off, exact: true }).click();
  await page.getByText(masked).waitFor({ state: "detached" });
  expect(await readSecret(running.shop, "messageWebhookUrl")).toBe("");
  expect(await changes("messageWebhookUrl")).toEqual([
    { before: "", after: masked },
    { before: masked, after: "" },
  ]);
  for (const app of running.apps) expect(app.log()).not.toContain("693a91f6");
  await leave();
});

test("finance sees the values and no field; what is switched off says so", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...desktop, locale: "en-US" });
  const { email } = await aStaffMember(running, "finance");
  await page.goto(running.url + path);
  await fillSignIn(page, en, { email, password: staffPassword });
  await page.waitForURL(running.url + path);

  await page.getByText(en.settings.readOnly).waitFor();
  const row = page.getByRole("row").filter({ hasText: en.settings.names.refundSecondPersonFromFen });
  expect(await row.getByText(en.settings.off, { exact: true }).count()).toBe(2);
  expect(await page.getByRole("table").getByRole("textbox").count()).toBe(0);
  expect(await page.getByRole("table").getByRole("button").count()).toBe(0);
  await expectAccessible();
  await leave();
});

test("support may not open it, and a form sent by hand with their session is refused and kept", async () => {
  const owner = await signInOverHttp(running.url, running.signIn);
  const own = await (await fetch(running.url + path, { headers: { cookie: owner ?? "" } })).text();
  const before = own.replaceAll("&quot;", '"').split('value="ordersPerMinute"')[0] ?? "";
  const id = [...before.matchAll(/"id":"([0-9a-f]+)"/g)].at(-1)?.[1] ?? "";
  const { email, id: staffId } = await aStaffMember(running, "support");
  const cookie = await signInOverHttp(running.url, { email, password: staffPassword });
  const form = new FormData();
  form.append("_1_key", "ordersPerMinute");
  form.append("_1_value", "77");
  form.append("0", JSON.stringify([null, "$K1"]));
  const send = (as: string | null) =>
    fetch(running.url + path, {
      method: "POST",
      body: form,
      headers: { cookie: as ?? "", origin: running.url, "next-action": id },
    });

  const opened = await fetch(running.url + path, { headers: { cookie: cookie ?? "" } });
  const refused = await send(cookie);
  const unchanged = (await readSettings(running.shop.db)).ordersPerMinute;
  const allowed = await send(owner);

  expect([opened.status, refused.status, allowed.status]).toEqual([403, 403, 200]);
  expect([unchanged, (await readSettings(running.shop.db)).ordersPerMinute]).toEqual([30, 77]);
  const kept = await running.shop.sql`SELECT 1 FROM audit_entries WHERE action = 'staff.refused'
    AND staff_id = ${staffId} AND subject_id = 'settings.change'`;
  expect(kept).toHaveLength(1);
});
