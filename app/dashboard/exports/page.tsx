import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listOwnExports } from "@/lib/exports/find-export";
import { shop } from "@/lib/shop";
import { deskClock } from "../desk-settings";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, firstOf, hrefOf, type SearchParams } from "../parts/query";
import { ReadAgain } from "../parts/read-again";
import { ExportTable } from "./export-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("exports") };
}

const path = "/dashboard/exports";

/** The files that were written in the background. */
export default async function ExportsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const before = cursorOf(query.before);
  const staff = await requireStaffOnPage("lists.export", hrefOf(path, { before }));
  const t = await getTranslations("exports");
  const words = await getTranslations("desk.nav");
  const { exports, older } = await listOwnExports(shop(), { reader: staff, before });
  const isWriting = exports.some(({ status }) => status === "queued" || status === "running");
  return (
    <>
      <PageHeading title={words("exports")} note={t("note")} />
      {firstOf(query.problem) === "waiting" && (
        <p role="alert" className="mb-3 rounded-md border border-danger bg-danger-wash p-3">
          {t("tooManyWaiting")}
        </p>
      )}
      {isWriting && <ReadAgain everyMs={2000} />}
      <div className="sheet">
        {exports.length > 0 ? (
          <ExportTable exports={exports} clock={await deskClock()} />
        ) : (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        )}
      </div>
      <Pager
        newer={before === undefined ? null : path}
        older={older === null ? null : hrefOf(path, { before: older })}
      />
    </>
  );
}
