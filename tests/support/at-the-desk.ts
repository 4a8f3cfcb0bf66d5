import type { Page } from "playwright";
import type { StaffRole } from "@/lib/db/schema/staff";
import { addStaff } from "@/lib/staff/add-staff";
import type { RunningShop } from "./a-running-shop";
import type { DeskWords } from "./desk-words";

export const staffPassword = "correct horse battery";

/** A new person of the merchant's, with `staffPassword`. */
export async function aStaffMember(
  { shop }: RunningShop,
  role: StaffRole,
): Promise<{ email: string; id: number }> {
  const email = `${role}-${crypto.randomUUID().slice(0, 8)}@shop.example`;
  const { id } = await addStaff(shop, { email, role, name: role }, staffPassword);
  return { email, id };
}

/** Fills the form as a person does, on whatever page shows it. */
export async function fillSignIn(page: Page, words: DeskWords, as: { email: string; password: string }) {
  await page.getByLabel(words.signIn.email, { exact: true }).fill(as.email);
  await page.getByLabel(words.signIn.password, { exact: true }).fill(as.password);
  await page.getByRole("button", { name: words.signIn.submit, exact: true }).click();
}

/** Goes to a page of the desk by way of its sign-in. */
export async function enterDesk(page: Page, running: RunningShop, words: DeskWords, path = "/dashboard") {
  await page.goto(running.url + path);
  await fillSignIn(page, words, running.signIn);
  await page.waitForURL(running.url + path);
  await page.getByRole("navigation", { name: words.nav.label }).waitFor();
}

/** Signs in as next-auth's own clients do, over plain HTTP; the cookies to send along, or null when refused. */
export async function signInOverHttp(
  url: string,
  as: { email: string; password: string; code?: string },
): Promise<string | null> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookiesOf(csrf), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, json: "true", callbackUrl: `${url}/dashboard`, ...as }),
  });
  const cookies = cookiesOf(answer);
  return cookies.includes("session-token=") ? cookies : null;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
