import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { expect } from "vitest";
import { markScripts, waitForScripts } from "./wait-for-scripts";

export const phone = {
  viewport: { width: 390, height: 844 },
  userAgent:
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36",
};
export const wechat = {
  ...phone,
  userAgent: `${phone.userAgent} MicroMessenger/8.0.50.2701(0x2800325B) NetType/WIFI`,
};
export const desktop = { viewport: { width: 1280, height: 900 } };

export type Visit = {
  page: Page;
  /** No finding of axe, nothing wider than the screen. */
  expectAccessible: () => Promise<void>;
  /** Nothing of this page was loaded again since `stays` was called. */
  stays: () => Promise<() => Promise<void>>;
  /** Ends the visit; fails on a console error or an uncaught exception of any page in it, `but` for those with such a text. */
  leave: (but?: string) => Promise<void>;
};

/**
 * One person's browser, with no cookies yet. Whoever is `early` does something before a page's script has come; else
 * that is waited for, as a person waits without knowing.
 */
export async function visit(
  browser: Browser,
  { early = false, ...options }: BrowserContextOptions & { early?: boolean },
): Promise<Visit> {
  const context = await browser.newContext(options);
  if (early) await markScripts(context);
  else if (options.javaScriptEnabled !== false) await waitForScripts(context);
  const problems: string[] = [];
  context.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  context.on("weberror", (error) => problems.push(error.error().message));
  const page = await context.newPage();

  return {
    page,
    async expectAccessible() {
      const analyze = async () => {
        await page.waitForFunction(() => document.title); // Next sends it after the rest of a page that is rendered again.
        return (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations; // Half the time; the sandbox's frames have tests of their own.
      };
      const first = await analyze();
      // A page that read itself again just then was without its title for a moment: it is looked at once more.
      const violations = first.some(({ id }) => id === "document-title") ? await analyze() : first;
      expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`)).toEqual(
        [],
      );
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    },
    async stays() {
      await page.evaluate(() => document.documentElement.setAttribute("data-stays", ""));
      return async () => expect(await page.locator("html[data-stays]").count()).toBe(1);
    },
    async leave(but) {
      await context.close();
      expect(problems.filter((problem) => !but || !problem.includes(but))).toEqual([]);
    },
  };
}
