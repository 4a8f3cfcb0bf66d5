import { findProduct } from "@/lib/catalog/find-product";
import { AppError } from "@/lib/http/app-error";
import { json, jsonRoute } from "@/lib/http/json-route";
import { shop } from "@/lib/shop";

export const GET = jsonRoute<{ params: Promise<{ slug: string }> }>(async (_request, { params }) => {
  const product = await findProduct(shop(), (await params).slug);
  if (!product) throw new AppError("not_found");
  return json(product);
});
