import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pagesOf } from "@/app/dashboard/frame/desk-pages";
import { aBusyMorning } from "@/tests/support/a-busy-morning";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { visit } from "@/tests/support/a-visit";
import { enterDesk } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";
import { keepPicture, looks } from "@/tests/support/looks";

let browser: Browser;
let running: RunningShop;
let morning: Awaited<ReturnType<typeof aBusyMorning>>;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ isAutomatic: true })]);
  morning = await aBusyMorning(running);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** Every room, and one of each kind of thing in it. */
function rooms(): { name: string; path: string }[] {
  const own = pagesOf("owner").flatMap(({ pages }) => pages.map(({ name, href }) => ({ name, path: href })));
  return [
    ...own,
    { name: "order", path: `/dashboard/orders/${morning.shipped.orderNo}` },
    { name: "refund", path: `/dashboard/refunds/${morning.refundNo}` },
    { name: "member", path: `/dashboard/members/${morning.noted.memberId}` },
    { name: "ship", path: `/dashboard/deliveries/ship?order=${morning.noted.orderNo}` },
    { name: "account", path: "/dashboard/account" },
  ];
}

test.each(looks())("every room of the desk is in order on a $name", async ({ name: look, options }) => {
  const { page, expectAccessible, leave } = await visit(browser, options);
  const words = options.locale === "zh-CN" ? deskWords["zh-CN"] : deskWords.en;
  await enterDesk(page, running, words);

  for (const { name, path } of rooms()) {
    const answer = await page.goto(running.url + path);
    expect({ path, status: answer?.status() }).toEqual({ path, status: 200 });
    await page.getByText(words.live.on, { exact: true }).first().waitFor(); // Its scripts have run.
    expect({ path, scrolledBy: await page.evaluate(() => window.scrollY) }).toEqual({ path, scrolledBy: 0 });
    await keepPicture(page, `desk/${name}-${look}`);
    await expectAccessible();
  }
  await leave();
});
