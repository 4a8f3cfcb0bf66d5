import type { Page } from "playwright";
import type { Words } from "./shop-words";

export const aRecipient = {
  name: "王小明",
  phone: "13800138000",
  province: "浙江省",
  city: "杭州市",
  district: "西湖区",
  address: "龙井路 1 号",
} as const;

/** Fills what the form asks for; `but` overrides a field. */
export async function fillRecipient(
  page: Page,
  { addresses }: Words,
  but: Partial<Record<keyof typeof aRecipient, string>> = {},
) {
  for (const [field, value] of Object.entries({ ...aRecipient, ...but }))
    await page.getByLabel(addresses.fields[field as keyof typeof aRecipient], { exact: true }).fill(value);
}

/** From a product's page to the order's, as a person does it. Answers the order number. */
export async function orderInBrowser(
  page: Page,
  url: string,
  words: Words,
  slug = "spring-tea",
): Promise<string> {
  await page.goto(`${url}/products/${slug}`);
  await page.getByRole("button", { name: words.product.buy }).click();
  await page.getByRole("heading", { name: words.checkout.title }).waitFor();
  if (await page.getByLabel(words.addresses.fields.phone).isVisible()) await fillRecipient(page, words);
  await page.getByRole("button", { name: words.checkout.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
