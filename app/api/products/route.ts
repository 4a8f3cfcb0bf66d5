import { listProducts } from "@/lib/catalog/list-products";
import { json, jsonRoute } from "@/lib/http/json-route";
import { shop } from "@/lib/shop";

export const GET = jsonRoute(async (request) => {
  const cursor = new URL(request.url).searchParams.get("cursor");
  return json(await listProducts(shop(), cursor));
});
