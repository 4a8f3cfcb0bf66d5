import type { Page } from "playwright";

/**
 * Scripts of the page's next document do not arrive until `release` is called, which resolves once they have done their
 * work: a slow phone, made sure. For who is `early` (see `visit`).
 */
export async function holdScripts(page: Page): Promise<{ release: () => Promise<void> }> {
  const { promise: released, resolve } = Promise.withResolvers<void>();
  await page.route("**/_next/**/*.js*", async (route) => {
    await released;
    await route.continue();
  });
  return {
    async release() {
      resolve();
      await page.locator("html[data-scripts]").waitFor({ state: "attached" });
      await page.unrouteAll({ behavior: "wait" });
    },
  };
}
