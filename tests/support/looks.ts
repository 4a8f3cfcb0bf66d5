import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Page } from "playwright";
import sharp from "sharp";
import { desktop, phone } from "./a-visit";

/** Where pictures are kept when they are asked for (`npm run screens`). */
const folder = process.env.SCREENS;

/**
 * How a page is looked at: on a phone and at a desk, in both languages, by day and by night. Each page is in order in
 * either half of the pairs; the other half is for the pictures only.
 */
export function looks(narrow: typeof phone = phone) {
  const on = [
    { name: "phone-zh-light", options: { ...narrow, locale: "zh-CN", colorScheme: "light" as const } },
    { name: "desktop-en-dark", options: { ...desktop, locale: "en-US", colorScheme: "dark" as const } },
  ];
  if (!folder) return on;
  return [
    ...on,
    { name: "phone-en-dark", options: { ...narrow, locale: "en-US", colorScheme: "dark" as const } },
    { name: "desktop-zh-light", options: { ...desktop, locale: "zh-CN", colorScheme: "light" as const } },
  ];
}

/** Keeps a picture of what the page shows, below docs/screens, if pictures are wanted. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  const file = `${folder}/${name}.webp`;
  await mkdir(dirname(file), { recursive: true });
  await sharp(await page.screenshot())
    .webp({ quality: 80 })
    .toFile(file);
}
