import type { Shop } from "@/lib/shop";
import { addStaff } from "@/lib/staff/add-staff";

/** Who signs in to a sandbox shop. No secret: it is shown on the sign-in page, and a real shop refuses it. */
export const demoAccount = { email: "owner@zhanggui.example", password: "zhanggui-sandbox" } as const;

/** The sandbox shop's owner, made at its first start. */
export async function createDemoStaff(shop: Shop): Promise<{ email: string; password: string }> {
  if (!shop.environment.sandbox) throw new Error("The demo account exists in sandbox mode only.");
  const [known] =
    await shop.sql`SELECT 1 FROM staff WHERE email = ${demoAccount.email} AND password_hash IS NOT NULL`;
  if (!known)
    await addStaff(shop, { email: demoAccount.email, role: "owner", name: "掌柜" }, demoAccount.password);
  return demoAccount;
}
