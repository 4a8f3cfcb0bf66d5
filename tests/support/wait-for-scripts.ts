import type { BrowserContext, Locator } from "playwright";

/**
 * Before anything is clicked or typed in a page of this context, React has taken it over. A button that needs a script
 * does nothing before that, and on a busy machine a test is faster than the script.
 */
export async function waitForScripts(context: BrowserContext): Promise<void> {
  await markScripts(context);
  context.on("page", async (page) => {
    const waiting = page.locator("html:not([data-scripts])");
    const wait = (html: Locator) => html.waitFor({ state: "detached", timeout: patienceMs }).catch(() => {});
    await page.addLocatorHandler(waiting, wait, { noWaitAfter: true });
  });
}

const patienceMs = 15_000; // Then the test goes on, and says itself what it misses.

/** Each page of the context has `html[data-scripts]` once its scripts have come and React has taken it over. */
export async function markScripts(context: BrowserContext): Promise<void> {
  await context.addInitScript(markWhenReady);
}

/** Marks the document once each of its controls is React's, and what React does after that is done too. */
function markWhenReady(): void {
  const controls = "button, input:not([type=hidden]), select, textarea, summary, a";
  const isTaken = (one: Element) =>
    one.closest("noscript") || Object.keys(one).some((key) => key.startsWith("__reactProps$"));
  const isNext = () => document.querySelector('script[src*="/_next/"]') !== null;
  const isReady = () => !isNext() || [...document.body.querySelectorAll(controls)].every(isTaken);
  const look = () => {
    if (document.readyState === "complete" && isReady())
      return requestAnimationFrame(() =>
        setTimeout(() => document.documentElement.setAttribute("data-scripts", "")),
      );
    return setTimeout(look, 10);
  };
  look();
}
