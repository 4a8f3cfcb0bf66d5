import { requestAddress, requireStaff } from "@/lib/auth/staff";
import { addPicture } from "@/lib/catalog/add-picture";
import { AppError } from "@/lib/http/app-error";
import { json } from "@/lib/http/json-route";
import { problemResponse, toAppError } from "@/lib/http/problem";
import { readFormFile } from "@/lib/http/read-form-file";
import { pictureLimitBytes } from "@/lib/pictures/picture-limits";
import { shop } from "@/lib/shop";

/**
 * The desk sends one picture of the product in `?product=`: its script reads the JSON answer, a plain form is led back to
 * the product. A route, not an action: an action's body has one limit for all of them.
 */
export async function POST(request: Request): Promise<Response> {
  const product = new URL(request.url).searchParams.get("product") ?? "";
  const isScript = request.headers.get("accept")?.includes("application/json") ?? false;
  try {
    const staff = await requireStaff("products.edit");
    const from = request.headers.get("sec-fetch-site") ?? "same-origin";
    if (from !== "same-origin") throw new AppError("forbidden");
    if (!/^[1-9]\d{0,14}$/.test(product)) throw new AppError("not_found");
    const { bytes } = await readFormFile(request, { field: "picture", limitBytes: pictureLimitBytes });
    const by = { staffId: staff.id, address: await requestAddress() };
    const added = await addPicture(shop(), { productId: Number(product), bytes, by });
    return isScript ? json(added, { status: 201 }) : backTo(product);
  } catch (error) {
    if (isScript) return problemResponse(request, error);
    const { code, facts } = toAppError(error);
    return backTo(product, facts.errors?.[0]?.code ?? code);
  }
}

/** The product's page, at its pictures, with the reason when there is one. */
function backTo(product: string, problem?: string): Response {
  const path = /^[1-9]\d{0,14}$/.test(product) ? `/dashboard/products/${product}` : "/dashboard/products";
  const location = `${path}${problem ? `?${new URLSearchParams({ problem })}` : ""}#pictures`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
