import { createHash, randomBytes } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodePicture } from "@/lib/pictures/encode-picture";
import { pictureLimitBytes } from "@/lib/pictures/picture-limits";
import { storePicture } from "@/lib/pictures/store-picture";
import { aBomb, aPhotograph } from "@/tests/support/a-picture";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let memberId: number;
let otherId: number;
beforeAll(async () => {
  it = await aShop();
  [{ memberId }, { memberId: otherId }] = [await it.payableOrder(), await it.payableOrder()];
});
afterAll(() => it.close());

const store = (bytes: Uint8Array, by = memberId) => storePicture(it.shop, { memberId: by, bytes });
const kept = async (name: string) => {
  const [row] = await it.sql`SELECT content_type, bytes FROM pictures WHERE name = ${name}`;
  return { contentType: row?.content_type as string, bytes: row?.bytes as Buffer };
};
const counts = async () => {
  const [row] = await it.sql`SELECT (SELECT count(*)::int FROM pictures) AS pictures,
    (SELECT count(*)::int FROM uploads) AS uploads`;
  return row;
};
const text = (words: string) => Buffer.from(words);

describe("what is kept of a picture", () => {
  test.each(["jpeg", "png", "webp"] as const)("a %s becomes a WebP named by its content", async (format) => {
    const { name } = await store(await aPhotograph({ format }));

    const { contentType, bytes } = await kept(name);
    expect(contentType).toBe("image/webp");
    expect(name).toBe(`${createHash("sha256").update(bytes).digest("hex")}.webp`);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 64, height: 48 });
  });

  test("the place where it was taken, and all else beside the pixels, is gone", async () => {
    const photograph = await aPhotograph({ orientation: 6 });
    expect((await sharp(photograph).metadata()).exif?.includes("Zhanggui Phone")).toBe(true);

    const { name } = await store(photograph);

    const { bytes } = await kept(name);
    const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
    expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
    expect(bytes.includes("Zhanggui Phone") || bytes.includes("EXIF")).toBe(false);
  });

  test("it stands upright: a camera held on its side turns the pixels, not a mark beside them", async () => {
    const { name } = await store(await aPhotograph({ width: 80, height: 40, orientation: 6 }));

    expect(await sharp((await kept(name)).bytes).metadata()).toMatchObject({ width: 40, height: 80 });
  });

  test("a large one is scaled to 1600 pixels, a small one stays as it is", async () => {
    const { name } = await store(await aPhotograph({ width: 3200, height: 2000 }));

    expect(await sharp((await kept(name)).bytes).metadata()).toMatchObject({ width: 1600, height: 1000 });
  });

  test("noise with transparency, which compresses worst, still fits", async () => {
    const raw = { width: 1600, height: 1600, channels: 4 } as const;
    const worst = await sharp(randomBytes(1600 * 1600 * 4), { raw })
      .png()
      .toBuffer();

    expect((await encodePicture(worst)).byteLength).toBeLessThan(pictureLimitBytes);
  });

  test("of an animation the first frame is kept", async () => {
    const frames = await Promise.all(
      ["#ff0000", "#0000ff"].map((background) =>
        sharp({ create: { width: 20, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .webp({ delay: [100, 100] })
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);

    const { bytes } = await kept((await store(animation)).name);

    expect((await sharp(bytes).metadata()).pages ?? 1).toBe(1);
    const { dominant } = await sharp(bytes).stats();
    expect(dominant.r).toBeGreaterThan(dominant.b);
  });

  test("the same picture from two members is one row, and both may attach it", async () => {
    const photograph = await aPhotograph();
    const before = await counts();

    const names = await Promise.all([store(photograph), store(photograph, otherId), store(photograph)]);

    expect(new Set(names.map(({ name }) => name)).size).toBe(1);
    expect(await counts()).toEqual({ pictures: before?.pictures + 1, uploads: before?.uploads + 2 });
  });
});

describe("what is no picture", () => {
  const svg = text(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  );
  const heic = Buffer.concat([text("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Buffer.alloc(64)]);
  const dot = { create: { width: 8, height: 8, channels: 3, background: "red" } } as const;

  test.each<[string, () => Buffer | Promise<Buffer>]>([
    ["an empty file", () => Buffer.alloc(0)],
    ["one byte", () => Buffer.from([0xff])],
    ["text", () => text("not a picture, whatever its name says")],
    ["an SVG", () => svg],
    ["an SVG behind a JPEG's first bytes", () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), svg])],
    ["a HEIC", () => heic],
    ["a GIF", () => sharp(dot).gif().toBuffer()],
    ["a TIFF", () => sharp(dot).tiff().toBuffer()],
    ["an AVIF", () => sharp(dot).avif().toBuffer()],
    ["a JPEG cut in half", async () => half(await aPhotograph())],
    ["a PNG cut in half", async () => half(await aPhotograph({ format: "png" }))],
    ["a WebP cut in half", async () => half(await aPhotograph({ format: "webp" }))],
    ["a PNG's first bytes alone", () => Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
    ["a bomb of 400 million pixels", () => aBomb({ width: 20_000, height: 20_000 })],
    ["a picture of 51 million pixels and one row", () => aBomb({ width: 51_000, height: 1_001 })],
  ])("%s is refused, and nothing is kept", async (_, make) => {
    const bytes = await make();
    const before = await counts();

    await expect(store(bytes)).rejects.toMatchObject({ code: "picture_invalid" });

    expect(await counts()).toEqual(before);
  });

  test("51 million pixels of one colour are still a picture", async () => {
    expect((await encodePicture(aBomb({ width: 51_000, height: 1_000 }))).byteLength).toBeLessThan(20_000);
  });

  test("one byte over 5 MB is too large, and the answer says how much is not", async () => {
    const padded = Buffer.concat([await aPhotograph(), Buffer.alloc(pictureLimitBytes)]);

    await expect(store(padded)).rejects.toMatchObject({
      code: "body_too_large",
      facts: { limitBytes: 5 * 1024 * 1024 },
    });
    expect((await store(padded.subarray(0, pictureLimitBytes))).name).toMatch(/^[0-9a-f]{64}\.webp$/);
  });

  test("one that fails leaves the turn to the next; more than ten at once are told to come again", async () => {
    const photograph = await aPhotograph();
    const sent = Array.from({ length: 12 }, (_, n) => encodePicture(n === 0 ? half(photograph) : photograph));

    const outcomes = (await Promise.allSettled(sent)).map((one) =>
      one.status === "fulfilled" ? "encoded" : one.reason.code,
    );

    expect(outcomes).toEqual([
      "picture_invalid",
      ...Array.from({ length: 9 }, () => "encoded"),
      "too_many_requests",
      "too_many_requests",
    ]);
    expect((await encodePicture(photograph)).byteLength).toBeGreaterThan(0);
  });
});

function half(whole: Buffer): Buffer {
  return whole.subarray(0, whole.length / 2);
}
