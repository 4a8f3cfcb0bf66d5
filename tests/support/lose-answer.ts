import type { Page } from "playwright";

/**
 * The answer to the page's next form is lost on the way: the shop has done what it was asked, and the browser never
 * hears of it. Answers a check that this has happened.
 */
export async function loseAnswer(page: Page): Promise<() => boolean> {
  let lost = false;
  await page.route("**/*", async (route) => {
    if (lost || route.request().method() !== "POST") return route.fallback();
    lost = true;
    await route.fetch({ maxRedirects: 0 });
    return route.abort("connectionreset");
  });
  return () => lost;
}

/** What the browser itself says of a lost answer: no fault of the page's. */
export const lostAnswer = "net::ERR_CONNECTION_RESET";
