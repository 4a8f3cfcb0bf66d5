import { getTranslations } from "next-intl/server";
import { readMemberId } from "@/app/dashboard/members/[id]/read-member-id";
import { requestAddress, requireStaff } from "@/lib/auth/staff";
import { AppError } from "@/lib/http/app-error";
import { jsonRoute } from "@/lib/http/json-route";
import { exportMember } from "@/lib/members/export-member";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { zipStream } from "@/lib/zip/zip-stream";

type Context = { params: Promise<{ id: string }> };

/** A member's data for the person who asks for it, as a ZIP. POST, because it is kept that somebody took it out. */
export const POST = jsonRoute<Context>(async (_, { params }) => {
  const staff = await requireStaff("members.erase");
  const memberId = readMemberId((await params).id);
  if (memberId === null) throw new AppError("not_found");
  const t = await getTranslations("members.readme");
  const { shopName } = await readSettings(shop().db);
  const files = await exportMember(shop(), {
    memberId,
    readme: [t("title", { shop: shopName, id: memberId }), t("data"), t("pictures"), t("units")].join(
      "\r\n\r\n",
    ),
    by: { staffId: staff.id, address: await requestAddress() },
  });
  return new Response(zipStream(files), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="member-${memberId}.zip"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
});
