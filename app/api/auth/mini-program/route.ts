import { json, jsonRoute } from "@/lib/http/json-route";
import { readJson } from "@/lib/http/read-body";
import { findBuyerOfRequest } from "@/lib/members/buyer-of-request";
import { limitMemberSignIns } from "@/lib/members/limit-sign-ins";
import { signInMiniProgram } from "@/lib/members/sign-in-mini-program";
import { shop } from "@/lib/shop";

export const POST = jsonRoute(async (request) => {
  await limitMemberSignIns(shop(), request.headers);
  const caller = await findBuyerOfRequest(shop(), request);
  return json(await signInMiniProgram(shop(), await readJson(request), caller));
});
