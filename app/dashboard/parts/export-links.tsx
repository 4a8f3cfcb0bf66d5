import { getTranslations } from "next-intl/server";
import { currentStaff } from "@/lib/auth/staff";
import { exportedLists, type ListName } from "@/lib/exports/lists";
import { exportFormats } from "@/lib/exports/table-of";
import { isAllowed } from "@/lib/staff/rights";
import { Panel } from "./panel";

type Query = Record<string, string | string[] | number | null | undefined>;

/** Leads to this very list as a file, for who may have it. `query` is the list's filter, as in its address. */
export async function ExportLinks({ list, query }: { list: ListName; query: Query }) {
  const staff = await currentStaff();
  const may = (permission: Parameters<typeof isAllowed>[1]) => staff && isAllowed(staff.role, permission);
  if (!may("lists.export") || !may(exportedLists[list].permission)) return null;
  const t = await getTranslations("exports.links");
  const hasRecipients = exportedLists[list].columns.includes("recipient");
  const kinds = [false, ...(hasRecipients && may("members.reveal") ? [true] : [])];
  return (
    <Panel label={t("title")}>
      <div className="grid w-max max-w-[min(22rem,80vw)] gap-3 p-4">
        {kinds.map((reveal) => (
          <div key={String(reveal)}>
            <p className="text-s text-soft">
              {reveal ? t("revealed") : t(hasRecipients ? "masked" : "plain")}
            </p>
            <p className="mt-1 flex gap-2">
              {exportFormats.map((format) => (
                // Not a Link: it answers with a file.
                <a
                  key={format}
                  className="button"
                  href={exportHref(list, { ...query, format, reveal: reveal ? "1" : null })}
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </p>
          </div>
        ))}
      </div>
    </Panel>
  );
}

function exportHref(list: ListName, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of [value ?? []].flat()) if (one !== "") parameters.append(name, String(one));
  return `/api/export/${list}?${parameters}`;
}
