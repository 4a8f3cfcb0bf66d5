import { json } from "@/lib/http/json-route";
import { openApiDocument } from "@/lib/openapi/document";
import { shop } from "@/lib/shop";

export async function GET(): Promise<Response> {
  return json(openApiDocument(shop().environment.siteUrl));
}
