import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { findExport } from "@/lib/exports/find-export";
import { findList } from "@/lib/exports/lists";
import { shop } from "@/lib/shop";
import { deskClock } from "../../desk-settings";
import { ActionForm, ActionPanel } from "../../parts/action-panel";
import { Fact, Facts } from "../../parts/facts";
import { Submit } from "../../parts/form-fields";
import { PageHeading } from "../../parts/heading";
import { cursorOf } from "../../parts/query";
import { ReadAgain } from "../../parts/read-again";
import { ShortMoment } from "../../parts/times";
import { FilterLink, RowCount } from "../export-facts";
import { ExportStatusMark, FailureText } from "../export-status";
import { tryAgain } from "./try-again";

type Props = { params: Promise<{ id: string }> };

const path = "/dashboard/exports";

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations("exports"))("titleOf", { id: (await params).id }) };
}

/** One file: how far it is, then where to have it, or why there is none. */
export default async function ExportPage({ params }: Props) {
  const { id } = await params;
  const staff = await requireStaffOnPage("lists.export", `${path}/${encodeURIComponent(id)}`);
  const exportId = cursorOf(id);
  const row = exportId ? await findExport(shop(), { exportId, reader: staff }) : null;
  const list = row && findList(row.list);
  if (!row || !list) notFound();

  const t = await getTranslations("exports");
  const clock = await deskClock();
  const isWriting = row.status === "queued" || row.status === "running";
  return (
    <>
      <PageHeading title={`${t(`lists.${list}`)} ${row.format.toUpperCase()}`} note={t("atWhichMoment")}>
        <Link href={path} prefetch={false}>
          {t("toAll")}
        </Link>
      </PageHeading>
      {isWriting && <ReadAgain everyMs={1000} />}
      <div className="sheet max-w-[40rem]">
        <Facts>
          <Fact name={t("columnTitles.status")}>
            <span role="status">
              <ExportStatusMark status={row.status} />
            </span>
          </Fact>
          <Fact name={t("columnTitles.rows")}>
            <RowCount row={row} />
          </Fact>
          <Fact name={t("columnTitles.which")}>
            <FilterLink list={list} query={row.query} />
          </Fact>
          <Fact name={t("columnTitles.by")}>
            {row.by} · <ShortMoment at={row.createdAt} {...clock} />
          </Fact>
          <Fact name={t("columnTitles.keptUntil")}>
            <ShortMoment at={row.expiresAt} {...clock} />
          </Fact>
        </Facts>
        <div className="border-line border-t px-4 py-3">
          {isWriting && <p className="text-soft">{t("writing")}</p>}
          {row.status === "done" && (
            <a className="button primary" href={`/api/export/files/${row.id}`}>
              {t("download")}
            </a>
          )}
          <ActionPanel action={tryAgain}>
            {row.status === "failed" && (
              <ActionForm form="again" fields={{ exportId: String(row.id) }}>
                <p>
                  <FailureText errorText={row.errorText} />
                </p>
                <Submit>{t("tryAgain")}</Submit>
              </ActionForm>
            )}
          </ActionPanel>
        </div>
      </div>
    </>
  );
}
