import { findStaffOfRequest } from "@/lib/auth/staff-of-request";
import { AppError } from "@/lib/http/app-error";
import { jsonRoute } from "@/lib/http/json-route";
import { findBuyerOfRequest } from "@/lib/members/buyer-of-request";
import { findPicture, type PictureViewer } from "@/lib/pictures/find-picture";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";

export const GET = jsonRoute<{ params: Promise<{ name: string }> }>(async (request, { params }) => {
  const viewer = await findViewer(request);
  const picture = viewer && (await findPicture(shop(), { name: (await params).name, viewer }));
  if (!picture) throw new AppError("not_found");
  return new Response(new Uint8Array(picture.bytes), {
    headers: {
      "content-type": picture.contentType,
      "content-length": String(picture.bytes.byteLength),
      "cache-control": "private, max-age=31536000, immutable",
      "content-disposition": "inline",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
});

async function findViewer(request: Request): Promise<PictureViewer | null> {
  const staff = await findStaffOfRequest(shop(), request);
  if (staff && isAllowed(staff.role, "orders.read")) return "staff";
  return findBuyerOfRequest(shop(), request);
}
