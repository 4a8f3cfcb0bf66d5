import { listProducts } from "@/lib/catalog/list-products";
import { readSearch } from "@/lib/catalog/product-search";
import { findCategory } from "@/lib/categories/find-category";
import { AppError } from "@/lib/http/app-error";
import { json, jsonRoute } from "@/lib/http/json-route";
import { shop } from "@/lib/shop";

export const GET = jsonRoute(async (request) => {
  const query = new URL(request.url).searchParams;
  const category = query.get("category");
  if (category && !(await findCategory(shop(), category))) throw new AppError("not_found");
  const wish = { category, search: readSearch(query.get("q")), cursor: query.get("cursor") };
  return json(await listProducts(shop(), wish));
});
