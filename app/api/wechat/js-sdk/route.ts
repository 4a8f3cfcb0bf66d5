import { json, jsonRoute } from "@/lib/http/json-route";
import { limitSigning } from "@/lib/js-sdk/limit-signing";
import { signPage } from "@/lib/js-sdk/sign-page";
import { shop } from "@/lib/shop";

/** A page of ours that is open inside WeChat asks for its signature here, for `?url=` as the browser has it. */
export const GET = jsonRoute(async (request) => {
  await limitSigning(shop(), request.headers);
  return json(await signPage(shop(), new URL(request.url).searchParams.get("url")));
});
