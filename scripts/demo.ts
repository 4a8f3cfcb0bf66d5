/** `npm run demo`: fills the configured database with the demo catalogue, and nothing else. */
import { fillDemoShop } from "@/lib/demo/fill-demo-shop";
import { AppError } from "@/lib/http/app-error";
import { CommandError, runWithShop } from "@/scripts/command/with-shop";

await runWithShop(async (shop) => {
  try {
    const { products } = await fillDemoShop(shop);
    console.log(`The shop now has ${products} demo products.`);
  } catch (error) {
    if (error instanceof AppError && error.code === "demo_not_empty")
      throw new CommandError("There are products already; the demo fills only an empty shop.");
    throw error;
  }
});
