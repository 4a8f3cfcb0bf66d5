import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffRole } from "@/lib/db/schema/staff";
import { signInWithOpenid } from "@/lib/members/sign-in-with-openid";
import problems from "@/messages/en/problems.json";
import chineseProblems from "@/messages/zh-CN/problems.json";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aStaffMember, fillSignIn, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { type DeskWords, deskWords } from "@/tests/support/desk-words";
import { aRecipient, orderInBrowser } from "@/tests/support/order-in-browser";
import { sendForm } from "@/tests/support/send-form";
import { words as shopWords } from "@/tests/support/shop-words";

const { "zh-CN": zh, en } = deskWords;
const openid = "oDeskMembersDeskMembersDeskM";
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** What a person of this role sees of the members. */
async function enterAs(role: StaffRole, words: DeskWords, options: Parameters<typeof visit>[1]) {
  const { id, email } = await aStaffMember(running, role);
  const one = await visit(browser, { locale: words === zh ? "zh-CN" : "en-US", ...options });
  await one.page.goto(`${running.url}/dashboard/members`);
  await fillSignIn(one.page, words, { email, password: staffPassword });
  await one.page.waitForURL(`${running.url}/dashboard/members`);
  return { ...one, staffId: id, email };
}

const open = (page: Page, summary: string) =>
  page.locator("summary", { hasText: new RegExp(`^${summary}$`) }).click();
const done = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text }).waitFor();
const entriesBy = async (staffId: number) =>
  (
    await running.shop
      .sql`SELECT action FROM audit_entries WHERE staff_id = ${staffId} AND subject = 'member' ORDER BY id`
  ).map(({ action }) => String(action));

test("support finds a buyer by the phone's tail, looks, tags and blocks; the buyer reads why not, and buys again once unblocked", async () => {
  const buyer = await visit(browser, { ...phone, locale: "zh-CN" });
  const shop = shopWords["zh-CN"];
  const orderNo = await orderInBrowser(buyer.page, running.url, shop);
  const { page, expectAccessible, staffId, leave } = await enterAs("support", zh, phone);
  const { one } = zh.members;
  await expectAccessible();

  await page.getByRole("searchbox").fill(aRecipient.phone.slice(-4));
  await page.getByRole("button", { name: zh.members.list.find }).click();
  await page.waitForURL(/q=8000/);
  await expectAccessible();
  await page.getByRole("link", { name: /^#\d+$/ }).click();
  await page.getByRole("heading", { name: one.orders.title }).waitFor();
  await expectAccessible();
  expect(await page.getByText(aRecipient.address).count()).toBe(0);
  expect(await page.getByRole("heading", { name: one.rights.title }).count()).toBe(0);
  await page.getByRole("button", { name: one.person.reveal }).click();
  await page.getByText(aRecipient.address).waitFor();

  await page.getByLabel(one.tags.add).fill("多次拒收");
  await page.getByRole("button", { name: one.tags.submit, exact: true }).click();
  await done(page, one.done.tag);
  await page.getByLabel(one.notes.text).fill("电话里态度不好");
  await page.getByRole("button", { name: one.notes.submit }).click();
  await done(page, one.done.note);
  await open(page, one.selling.block);
  await page.getByLabel(one.selling.reason).fill("三次拒收");
  await page.getByRole("button", { name: one.selling.submit }).click();
  await done(page, one.done.block);
  await page.getByText("三次拒收").waitFor();
  await expectAccessible();

  const submit = buyer.page.getByRole("button", {
    name: new RegExp(shop.pay.submit.replace("{amount}", ".*")),
  });
  await submit.click();
  await buyer.page.getByText(chineseProblems.member_blocked).waitFor();
  expect(await buyer.page.getByText(shop.pay.otherWays).count()).toBe(0);
  await buyer.page.goto(`${running.url}/products/spring-tea`);
  await buyer.page.getByRole("button", { name: shop.product.buy }).click();
  await buyer.page.getByRole("button", { name: shop.checkout.submit }).click();
  await buyer.page.getByText(chineseProblems.member_blocked).waitFor();

  await page.getByRole("button", { name: one.selling.unblock }).click();
  await done(page, one.done.unblock);
  await page.getByRole("button", { name: "多次拒收" }).click();
  await done(page, one.done.untag);
  await buyer.page.goto(`${running.url}/orders/${orderNo}`);
  const [opened] = await Promise.all([buyer.page.waitForResponse(/\/api\/pay$/), submit.click()]);
  expect(opened.status()).toBe(200);
  expect(await entriesBy(staffId)).toEqual([
    ...["member.reveal", "member.tag", "member.note", "member.block", "member.unblock", "member.tag"],
  ]);
  await buyer.leave("403");
  await leave();
});

test("an owner exports a member's data and erases it once nothing is open", async () => {
  const { shop } = running;
  const [member] = await shop.sql<
    { id: number }[]
  >`SELECT member_id::int AS id FROM orders ORDER BY id DESC LIMIT 1`;
  const memberId = member?.id ?? 0;
  const { appId } = shop.environment.wechat;
  await shop.db.transaction((tx) => signInWithOpenid(tx, { appid: appId, openid, guestId: memberId }));
  const { page, expectAccessible, staffId, email, leave } = await enterAs("owner", en, {
    ...desktop,
    colorScheme: "dark",
    acceptDownloads: true,
  });
  const { one, list } = en.members;
  await page.getByRole("link", { name: list.views.wechat }).click();
  await page.waitForURL(/kind=wechat/);
  await page.getByText(en.members.is.wechat).first().waitFor();
  await expectAccessible();
  await page.getByRole("link", { name: `#${memberId}`, exact: true }).click();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: one.rights.export }).click();
  const files = unzipSync(await readFile(await (await download).path()));
  expect(new TextDecoder().decode(files["data.json"])).toContain(openid);

  await open(page, one.rights.erase);
  await page.getByText(one.rights.notYet).waitFor();
  await expectAccessible();
  await shop.sql`UPDATE orders SET status = 'closed', closed_reason = 'cancelled' WHERE member_id = ${memberId}`;
  await page.reload();
  await open(page, one.rights.erase);
  const confirmation = page.getByLabel(one.rights.confirmation.replace("{id}", String(memberId)));
  await confirmation.fill("0");
  await page.getByRole("button", { name: one.rights.submit }).click();
  await page.getByRole("alert").filter({ hasText: problems.fields.confirmation }).waitFor();
  await confirmation.fill(String(memberId));
  await page.getByRole("button", { name: one.rights.submit }).click();
  await done(page, one.done.erase);
  await page.getByText(en.members.is.erased).first().waitFor();
  await expectAccessible();
  expect(await entriesBy(staffId)).toEqual(["member.export", "member.erase"]);
  expect(await page.getByRole("button", { name: one.person.reveal }).count()).toBe(0);

  const cookie = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
  const { email: packer } = await aStaffMember(running, "fulfilment");
  const as = (await signInOverHttp(running.url, { email: packer, password: staffPassword })) ?? "";
  const exported = await fetch(`${running.url}/api/export/members/${memberId}`, {
    method: "POST",
    headers: { cookie: as },
  });
  const gone = await fetch(`${running.url}/api/export/members/${memberId}`, {
    method: "POST",
    headers: { cookie },
  });
  expect([exported.status, gone.status]).toEqual([403, 409]);
  await page.goto(`${running.url}/dashboard/members?kind=robot&q=${openid}`);
  await page.getByText(list.noneFound).waitFor();
  await page.getByText(en.madeUpFilter).waitFor();
  await expectAccessible();
  await leave();
});

test("what a role has no button for is refused when its form is sent by hand", async () => {
  const { shop, url } = running;
  const [member] = await shop.sql<{ id: number }[]>`INSERT INTO members DEFAULT VALUES RETURNING id::int`;
  const [owner, packer] = await Promise.all(
    (["owner", "fulfilment"] as const).map(async (role) => {
      const { email } = await aStaffMember(running, role);
      return (await signInOverHttp(url, { email, password: staffPassword })) ?? "";
    }),
  );
  const page = `${url}/dashboard/members/${member?.id}`;
  const but = { reason: "x", tag: "x", confirmation: String(member?.id) };

  const answers = await Promise.all(
    ["block", "tag", "erase"].map((form) =>
      sendForm({ url: page, cookie: owner ?? "", as: packer, form, but }),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  const [row] = await shop.sql`SELECT blocked_at, erased_at FROM members WHERE id = ${member?.id ?? 0}`;
  expect(row).toEqual({ blocked_at: null, erased_at: null });
});
