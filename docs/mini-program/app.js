import { shopUrl } from "./config.js";
import { createShopClient } from "./shop-client.js";

App({
  shopUrl,
  shop: createShopClient({ url: shopUrl }),
});
