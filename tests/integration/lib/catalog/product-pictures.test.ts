import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as getCard } from "@/app/cards/[name]/route";
import { GET } from "@/app/pictures/[name]/route";
import { addPicture } from "@/lib/catalog/add-picture";
import { movePicture } from "@/lib/catalog/move-picture";
import { removePicture } from "@/lib/catalog/remove-picture";
import { createOrder } from "@/lib/orders/create-order";
import { findCardPicture } from "@/lib/pictures/find-card-picture";
import { forgetUploads } from "@/lib/pictures/forget-uploads";
import { inTurn } from "@/lib/pictures/in-turn";
import { cardPicture, namesOf, sourcesOf } from "@/lib/pictures/picture-address";
import { storePicture } from "@/lib/pictures/store-picture";
import type { Person } from "@/lib/staff/person";
import { aPhotograph } from "@/tests/support/a-picture";
import { aShop } from "@/tests/support/a-shop";
import { aPacker, refusalOf } from "@/tests/support/an-order-to-ship";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  by = await aPacker(it);
});
afterAll(() => it.close());

const aProductId = async () => {
  const { sku, variantId } = await it.aProduct();
  const [row] = await it.sql`SELECT product_id::int AS id FROM variants WHERE id = ${variantId}`;
  return { productId: Number(row?.id), sku };
};
const add = async (productId: number, bytes?: Uint8Array) =>
  (await addPicture(it.shop, { productId, bytes: bytes ?? (await aPhotograph()), by })).image;
const imagesOf = async (productId: number): Promise<string[]> => {
  const [row] = await it.sql`SELECT images FROM products WHERE id = ${productId}`;
  return row?.images;
};
const nameOf = (image: string) => image.replace("/pictures/", "");
const get = (name: string, headers: Record<string, string> = {}) =>
  GET(new Request(`http://shop.test/pictures/${name}`, { headers }), { params: Promise.resolve({ name }) });
const statusesOf = async (image: string) =>
  Promise.all(namesOf(nameOf(image)).map(async (name) => (await get(name)).status));
const aDayLater = async () => {
  it.clock.now = new Date(it.clock.now.getTime() + 25 * 3_600_000);
  await forgetUploads(it.shop);
};

describe("a picture of a product", () => {
  test("is a small square JPEG for WeChat's cards, which do not all read WebP; nothing else is", async () => {
    const { productId } = await aProductId();
    const image = await add(productId, await aPhotograph({ width: 2000, height: 1000 }));
    const card = (address: string | null) => {
      const name = address?.replace("/cards/", "") ?? "";
      return getCard(new Request(`http://shop.test${address}`), { params: Promise.resolve({ name }) });
    };

    const response = await card(cardPicture(image));
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await sharp(await response.arrayBuffer()).metadata()).toMatchObject({
      ...{ format: "jpeg", width: 300, height: 300 },
    });
    expect(cardPicture("/pictures/tea.svg")).toBe("/cards/tea.jpg");
    expect(cardPicture("https://evil.example/a.png")).toBeNull();
    for (const name of ["tea.jpg", `${"0".repeat(64)}.jpg`, `${nameOf(image)}.jpg`, "a\0.jpg"])
      expect((await card(`/cards/${name}`)).status).toBe(404);
  });

  test("for cards waits for nobody's upload and keeps none waiting, however many strangers ask for it", async () => {
    const { productId } = await aProductId();
    const name = cardPicture(await add(productId))?.replace("/cards/", "") ?? "";
    const uploads = Promise.withResolvers<void>();
    const turns = Array.from({ length: 10 }, () => inTurn(() => uploads.promise));

    expect(await findCardPicture(it.shop, name)).not.toBeNull();
    uploads.resolve();
    await Promise.all(turns);

    const cards = Array.from({ length: 50 }, () => findCardPicture(it.shop, name));
    await add(productId, await aPhotograph({ width: 300, height: 200 }));
    expect(await Promise.all(cards)).not.toContain(null);
  });

  test("is for everybody, for ever, in three sizes, and nothing but a picture", async () => {
    const { productId } = await aProductId();
    const image = await add(productId, await aPhotograph({ width: 2000, height: 1000 }));
    const name = nameOf(image);

    const response = await get(name);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      etag: `"${name}"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    const widths = await Promise.all(
      namesOf(name).map(async (one) => (await sharp(await (await get(one)).arrayBuffer()).metadata()).width),
    );
    expect(widths).toEqual([1600, 320, 800]);
    expect(sourcesOf(image)).toBe(
      `/pictures/${name.replace(".webp", "-320.webp")} 320w, /pictures/${name.replace(".webp", "-800.webp")} 800w, ${image} 1600w`,
    );
    expect([
      sourcesOf("/pictures/tea.svg"),
      (await get(name, { "if-none-match": `"${name}"` })).status,
    ]).toEqual([undefined, 304]);
  });

  test("a script, a drawing, a page that calls itself one is none; what hides behind a photograph is gone", async () => {
    const { productId } = await aProductId();
    const refused = [
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      "<!doctype html><script>alert(1)</script>",
      "GIF89a/*<svg/onload=alert(1)>*/=1;alert(1)",
      "\x89PNG\r\n\x1a\n<script>alert(1)</script>",
      "",
    ];
    for (const text of refused)
      expect(await refusalOf(add(productId, Buffer.from(text, "latin1")))).toBe("picture_invalid");

    const polyglot = Buffer.concat([await aPhotograph(), Buffer.from("<script>alert(1)</script>")]);
    const image = await add(productId, polyglot);
    expect(Buffer.from(await (await get(nameOf(image))).arrayBuffer()).includes("script")).toBe(false);
    expect(await imagesOf(productId)).toEqual([image]);
  });

  test("of a refund stays private, and so does every name that is none", async () => {
    const { memberId } = await it.payableOrder();
    const { name } = await storePicture(it.shop, { memberId, bytes: await aPhotograph() });

    for (const asked of [name, `${"0".repeat(64)}.webp`, "..%2fetc%2fpasswd", "\0"])
      expect((await get(asked)).status).toBe(404);
  });
});

describe("the pictures of a product", () => {
  test("move, lead, go; at most nine; each deed is kept, and the same one again changes nothing", async () => {
    const { productId } = await aProductId();
    const [one, two, three] = [await add(productId), await add(productId), await add(productId)];
    const move = (image: string, to: "earlier" | "later" | "first") =>
      movePicture(it.shop, { productId, image, to, by });

    await move(three, "first");
    await move(one, "later");
    expect(await imagesOf(productId)).toEqual([three, two, one]);
    expect([await move(three, "earlier"), await move(one, "later")]).toEqual([false, false]);
    await removePicture(it.shop, { productId, image: two, by });
    expect(await imagesOf(productId)).toEqual([three, one]);
    expect(await refusalOf(move(two, "first"))).toBe("not_found");
    const entries =
      await it.sql`SELECT 1 FROM audit_entries WHERE action = 'product.edit' AND subject_id = ${String(productId)}`;
    expect(entries).toHaveLength(6);

    for (let n = 2; n < 9; n++) await add(productId);
    expect(await refusalOf(add(productId))).toBe("product_invalid");
    expect(await imagesOf(productId)).toHaveLength(9);
  });

  test("five sent at once by two people are all there", async () => {
    const { productId } = await aProductId();
    const sent = await Promise.all(Array.from({ length: 5 }, () => add(productId)));
    expect((await imagesOf(productId)).toSorted()).toEqual(sent.toSorted());
  });
});

describe("cleaning up", () => {
  test("what a product shows stays; what it no longer shows goes, unless lines of orders may show it", async () => {
    const { productId, sku } = await aProductId();
    const [led, second, third] = [await add(productId), await add(productId), await add(productId)];
    await createOrder(it.shop, {
      buyer: null,
      request: { items: [{ sku, quantity: 1 }], recipient: null },
      idempotencyKey: null,
    });

    for (const image of [second, led]) await removePicture(it.shop, { productId, image, by });
    expect(await statusesOf(second)).toEqual([404, 404, 404]);
    await aDayLater();

    expect(await statusesOf(led)).toEqual([200, 200, 200]);
    expect(await statusesOf(third)).toEqual([200, 200, 200]);
    const left = await it.sql`SELECT name FROM pictures WHERE name = ANY(${namesOf(nameOf(second))})`;
    expect(left).toEqual([]);
  });

  test("of a product that nobody has ordered, the leading one goes too", async () => {
    const { productId } = await aProductId();
    const image = await add(productId);

    await removePicture(it.shop, { productId, image, by });

    expect(await statusesOf(image)).toEqual([404, 404, 404]);
    await aDayLater();
    expect(await it.sql`SELECT 1 FROM pictures WHERE name = ${nameOf(image)}`).toEqual([]);
  });
});
