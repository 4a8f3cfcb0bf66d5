import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright";

/** What one visit of a page cost, with nothing in the browser's cache. */
export type PageVisit = {
  /** Every script that the browser fetched until the page was at rest, each compressed: what is only for old browsers it does not fetch. */
  scriptsKb: number;
  /** As they came over the wire. */
  documentKb: number;
  stylesKb: number;
  picturesKb: number;
  /** When the largest thing above the fold had been painted. */
  lcpMs: number;
};

/** A middling phone on a middling network, as Lighthouse has them. */
export const slowPhone = {
  cpuSlowdown: 4,
  downKbit: 1_600,
  upKbit: 750,
  latencyMs: 150,
};

const screen: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: "zh-CN",
};

export async function visitPage(
  browser: Browser,
  { url, cookie }: { url: string; cookie: string | null },
): Promise<PageVisit> {
  const context = await browser.newContext(screen);
  try {
    if (cookie) {
      const [name = "", value = ""] = cookie.split("=");
      await context.addCookies([{ name, value, url }]);
    }
    const page = await context.newPage();
    const wire = await slowDown(page);
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.push(response.body());
    });

    const answer = await page.goto(url, { waitUntil: "load" });
    if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}`);
    await page.waitForTimeout(restMs);
    const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    return { scriptsKb: bytes / 1000, ...wire(), lcpMs: await readLcp(page) };
  } finally {
    await context.close();
  }
}

const restMs = 1_500; // An order's page keeps asking the server: it is never idle.

async function slowDown(page: Page) {
  const session = await page.context().newCDPSession(page);
  const { cpuSlowdown, downKbit, upKbit, latencyMs } = slowPhone;
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: latencyMs,
    downloadThroughput: (downKbit * 1000) / 8,
    uploadThroughput: (upKbit * 1000) / 8,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });

  const kinds = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "";
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  const kb = (kind: string) => (bytes.get(kind) ?? 0) / 1000;
  return () => ({ documentKb: kb("Document"), stylesKb: kb("Stylesheet"), picturesKb: kb("Image") });
}

function readLcp(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: "largest-contentful-paint",
          buffered: true,
        });
      }),
  );
}
