import { requestAddress, requireStaff } from "@/lib/auth/staff";
import { dayOf } from "@/lib/calendar/days";
import { downloadExport, isRevealed } from "@/lib/exports/download-export";
import { findExport } from "@/lib/exports/find-export";
import { exportedLists, findList } from "@/lib/exports/lists";
import { mediaTypes } from "@/lib/exports/table-of";
import { AppError } from "@/lib/http/app-error";
import { attachment } from "@/lib/http/attachment";
import { jsonRoute } from "@/lib/http/json-route";
import { refuseCrossSite } from "@/lib/http/refuse-cross-site";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";

type Context = { params: Promise<{ id: string }> };

/** The file of an export that was written in the background, for who asked for it and may still read that list. */
export const GET = jsonRoute<Context>(async (request, { params }) => {
  const staff = await requireStaff("lists.export");
  const { id } = await params;
  const row = /^[1-9]\d{0,14}$/.test(id)
    ? await findExport(shop(), { exportId: Number(id), reader: staff })
    : null;
  const list = row && findList(row.list);
  if (!row || !list) throw new AppError("not_found");
  await requireStaff(exportedLists[list].permission);
  if (isRevealed(row)) await requireStaff("members.reveal");
  refuseCrossSite(request);
  const by = { staffId: staff.id, address: await requestAddress() };
  const body = await downloadExport(shop(), { row, by });
  const { timeZone } = await readSettings(shop().db);
  const name = `${list}-${dayOf(row.createdAt, timeZone)}.${row.format}`;
  return attachment(body, { name, type: mediaTypes[row.format], size: row.sizeBytes ?? 0 });
});
