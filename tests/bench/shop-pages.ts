import { loadavg } from "node:os";
import sharp from "sharp";
import { addLine } from "@/lib/cart/add-line";
import { addPicture } from "@/lib/catalog/add-picture";
import { migrateDatabase } from "@/lib/db/migrate";
import { fillDemoShop } from "@/lib/demo/fill-demo-shop";
import type { Shop } from "@/lib/shop";
import { aRecipient } from "@/tests/support/a-shop";
import { launchBrowser } from "@/tests/support/browser";
import { type Desk, startDesk } from "./desk";
import { type PageVisit, visitPage } from "./page-visit";
import { startServer } from "./processes";
import { median } from "./summary";

export type ShopPagesPlan = {
  /** Of each page, the pages in turn. */
  visits: number;
};
export const wholeShopPagesPlan: ShopPagesPlan = { visits: 7 };

export type ShopPageRow = { what: string } & PageVisit & { slowestMs: number };
export type ShopPagesFigures = {
  plan: ShopPagesPlan;
  loadBefore: number;
  /** A page of the same Next with nothing on it. */
  bare: ShopPageRow;
  product: ShopPageRow;
  others: ShopPageRow[];
};

type Line = { what: string; url: string; cookie: string | null };

/** What the buyers' pages weigh and when they can be read, on a slow phone that has never been here. */
export async function measureShopPages(of: {
  databaseUrl: string;
  plan: ShopPagesPlan;
  say: (line: string) => void;
}): Promise<ShopPagesFigures> {
  const { plan, say } = of;
  const [loadBefore = 0] = loadavg();
  await migrateDatabase(of.databaseUrl);
  say("Building the bare page…");
  const bare = await startServer("bare-page", "tests/bench/bare-page-server.ts", {});
  const desk = await startDesk(of.databaseUrl, { name: "shop-pages" });
  const browser = await launchBrowser();
  try {
    await fillShop(desk.shop);
    const lines = [
      { what: "a bare page of this Next", url: `http://127.0.0.1:${bare.port}/`, cookie: null },
      ...(await linesOf(desk)),
    ];
    for (const line of lines) await visitPage(browser, line); // Compiled, and in the server's memory.
    const visits = lines.map(() => [] as PageVisit[]);
    for (let n = 0; n < plan.visits; n++)
      for (const [index, line] of lines.entries()) visits[index]?.push(await visitPage(browser, line));

    const rows = lines.map(({ what }, index) => rowOf(what, visits[index] ?? []));
    for (const { what, scriptsKb, lcpMs } of rows)
      say(`${what}: ${scriptsKb.toFixed(1)} KB of JavaScript, LCP ${lcpMs.toFixed(0)} ms`);
    const [empty, product, ...others] = rows as [ShopPageRow, ShopPageRow, ...ShopPageRow[]];
    return { plan, loadBefore, bare: empty, product, others };
  } finally {
    await browser.close();
    await Promise.all([desk.stop(), bare.stop()]);
  }
}

/** The demo's goods with photographs instead of its drawings, which weigh nothing: three of the product's, one of each other. */
async function fillShop(shop: Shop): Promise<void> {
  await fillDemoShop(shop);
  await shop.sql`UPDATE products SET images = '[]'`;
  const products = await shop.sql<{ id: number; slug: string }[]>`SELECT id::int, slug FROM products`;
  for (const { id, slug } of products)
    for (let n = 0; n < (slug === "spring-tea" ? 3 : 1); n++)
      await addPicture(shop, {
        productId: id,
        bytes: await aDetailedPhotograph(),
        by: { staffId: 1, address: "127.0.0.1" },
      });
}

/** As heavy as a good photograph of goods: 90 KB at the width that a phone takes. */
async function aDetailedPhotograph(): Promise<Buffer> {
  const side = 1600;
  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const { data, info } = await sharp({
    create: { width: side, height: side, channels: 3, background: "white", noise },
  })
    .blur(2)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** One buyer, with an unpaid order and two kinds of goods in the cart; whoever comes by a link has no cookie. */
async function linesOf({ shop, url }: Desk): Promise<Line[]> {
  const { orderNo, cookie } = await placeOrder(url);
  const [order] = await shop.sql`SELECT member_id FROM orders WHERE order_no = ${orderNo}`;
  for (const sku of ["TEA-125", "BOWL-PLUM"])
    await addLine(shop, { memberId: Number(order?.member_id), sku, quantity: 1, addKey: sku });
  return [
    { what: "the product", url: `${url}/products/spring-tea`, cookie: null },
    { what: "the catalogue", url: `${url}/`, cookie: null },
    { what: "the cart", url: `${url}/cart`, cookie },
    { what: "the checkout", url: `${url}/checkout?sku=TEA-50&quantity=1`, cookie: null },
    { what: "an order to pay", url: `${url}/orders/${orderNo}`, cookie },
    { what: "one's own orders", url: `${url}/orders`, cookie },
  ];
}

async function placeOrder(url: string): Promise<{ orderNo: string; cookie: string }> {
  const answer = await fetch(`${url}/api/orders`, {
    method: "POST",
    body: JSON.stringify({ items: [{ sku: "TEA-50", quantity: 1 }], recipient: aRecipient }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (answer.status !== 201 || !cookie) throw new Error(`the order was answered ${answer.status}`);
  const { orderNo } = (await answer.json()) as { orderNo: string };
  return { orderNo, cookie };
}

/** The middle of each figure: one slow moment of the machine does not make it. */
function rowOf(what: string, visits: PageVisit[]): ShopPageRow {
  const middle = (of: (visit: PageVisit) => number) => median(visits.map(of));
  return {
    what,
    scriptsKb: middle(({ scriptsKb }) => scriptsKb),
    documentKb: middle(({ documentKb }) => documentKb),
    stylesKb: middle(({ stylesKb }) => stylesKb),
    picturesKb: middle(({ picturesKb }) => picturesKb),
    lcpMs: middle(({ lcpMs }) => lcpMs),
    slowestMs: Math.max(...visits.map(({ lcpMs }) => lcpMs)),
  };
}
