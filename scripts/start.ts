import { superviseShop } from "@/scripts/start/supervise-shop";

await superviseShop({ dev: false });
