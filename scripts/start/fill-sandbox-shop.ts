import { createDemoStaff } from "@/lib/demo/demo-staff";
import { fillDemoShop } from "@/lib/demo/fill-demo-shop";
import type { Environment } from "@/lib/environment/environment";
import { openShop } from "@/lib/shop";

export type SignIn = { email: string; password: string };

/** Gives a sandbox shop its demo goods, unless it has goods already, and the owner who signs in to it. */
export async function fillSandboxShop(environment: Environment): Promise<SignIn> {
  const shop = openShop(environment, {
    name: "zhanggui-demo",
    databaseUrl: environment.directDatabaseUrl,
    poolSize: 2,
  });
  try {
    const [goods] = await shop.sql`SELECT 1 FROM products LIMIT 1`;
    if (!goods) await fillDemoShop(shop);
    return await createDemoStaff(shop);
  } finally {
    await shop.close();
  }
}
