import { listCategories } from "@/lib/categories/list-categories";
import { json, jsonRoute } from "@/lib/http/json-route";
import { shop } from "@/lib/shop";

export const GET = jsonRoute(async () => json({ items: await listCategories(shop()) }));
