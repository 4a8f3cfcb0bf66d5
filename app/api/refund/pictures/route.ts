import { json, jsonRoute } from "@/lib/http/json-route";
import { requireBuyer } from "@/lib/members/buyer-of-request";
import { limitUploads } from "@/lib/pictures/limit-uploads";
import { readUpload } from "@/lib/pictures/read-upload";
import { storePicture } from "@/lib/pictures/store-picture";
import { shop } from "@/lib/shop";

/** A buyer's page or a mini program sends one picture and names it in the request for a refund that follows. */
export const POST = jsonRoute(async (request) => {
  const { memberId } = await requireBuyer(shop(), request);
  await limitUploads(shop(), { memberId, headers: request.headers });
  const bytes = await readUpload(request);
  return json(await storePicture(shop(), { memberId, bytes }), { status: 201 });
});
