import { requestAddress, requireStaff } from "@/lib/auth/staff";
import { dayOf } from "@/lib/calendar/days";
import { rowsQuery } from "@/lib/exports/export-query";
import { exportedLists, findList } from "@/lib/exports/lists";
import { openExport } from "@/lib/exports/open-export";
import { exportFormats, mediaTypes } from "@/lib/exports/table-of";
import { AppError } from "@/lib/http/app-error";
import { attachment } from "@/lib/http/attachment";
import { jsonRoute } from "@/lib/http/json-route";
import { localeOf } from "@/lib/http/locale";
import { refuseCrossSite } from "@/lib/http/refuse-cross-site";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";

type Context = { params: Promise<{ list: string }> };

/**
 * A list of the desk as a file, over the list's own parameters: `format` is csv or xlsx, `reveal=1` leaves personal data
 * unmasked for who may see it. What is too long to wait for is written in the background: 303 to the page that tells how
 * far it is, and so when somebody has too many of these waiting.
 */
export const GET = jsonRoute<Context>(async (request, { params }) => {
  const staff = await requireStaff("lists.export");
  const list = findList((await params).list);
  if (!list) throw new AppError("not_found");
  await requireStaff(exportedLists[list].permission);
  const parameters = new URL(request.url).searchParams;
  const reveal = parameters.get("reveal") === "1";
  if (reveal) await requireStaff("members.reveal");
  refuseCrossSite(request);
  const format = exportFormats.find((known) => known === parameters.get("format"));
  if (!format) throw new AppError("malformed", { errors: [{ path: "format", code: "invalid" }] });

  try {
    const opened = await openExport(shop(), {
      ...{ list, format, query: rowsQuery(parameters) },
      viewer: { staffId: staff.id, locale: localeOf(request), reveal },
      by: { staffId: staff.id, address: await requestAddress() },
    });
    if ("exportId" in opened) return seeOther(`/dashboard/exports/${opened.exportId}`);
    const { timeZone } = await readSettings(shop().db);
    const name = `${list}-${dayOf(shop().now(), timeZone)}.${format}`;
    return attachment(opened.bytes, { name, type: mediaTypes[format], size: opened.bytes.length });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "too_many_requests") throw error;
    return seeOther("/dashboard/exports?problem=waiting");
  }
});

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
