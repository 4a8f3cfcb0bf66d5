import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listBatches } from "@/lib/batches/find-batch";
import { sheetLimits, unreadableReasons } from "@/lib/batches/sheet";
import { problemOf } from "@/lib/batches/verdict";
import { problemText } from "@/lib/http/problem";
import { shop } from "@/lib/shop";
import { deskClock } from "../../desk-settings";
import { Empty, PageHeading, Section } from "../../parts/heading";
import { Pager } from "../../parts/pager";
import { cursorOf, firstOf, hrefOf, type SearchParams } from "../../parts/query";
import { BatchTable } from "./batch-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.batches.import"))("title") };
}

const path = "/dashboard/deliveries/import";

/** A file of parcels goes in here; its dry run is a page of its own. Below it, the batches of late. */
export default async function ImportPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const before = cursorOf(query.before);
  await requireStaffOnPage("orders.ship", hrefOf(path, { before }));

  const t = await getTranslations("desk.batches");
  const { batches, more } = await listBatches(shop(), { before });
  const clock = await deskClock();
  return (
    <>
      <PageHeading title={t("import.title")} note={t("import.note")} />
      <Problem wished={firstOf(query.problem)} />
      <form
        method="post"
        action="/api/import/deliveries"
        encType="multipart/form-data"
        className="sheet flex flex-wrap items-end gap-4 px-4 py-3"
      >
        <div className="grid min-w-0 gap-1">
          <label htmlFor="file" className="text-s text-soft">
            {t("import.file")}
          </label>
          <input
            id="file"
            name="file"
            type="file"
            required
            accept=".csv,.txt,.tsv,.xlsx"
            aria-describedby="file-hint"
            className="field max-w-full"
          />
          <p id="file-hint" className="text-s text-soft">
            {t("import.limits", { rows: sheetLimits.rows, megabytes: sheetLimits.fileBytes / 1024 / 1024 })}
          </p>
        </div>
        <button type="submit" className="button primary">
          {t("import.submit")}
        </button>
      </form>
      <div className="mt-4">
        <Section id="recent" title={t("recent")}>
          {batches.length > 0 ? (
            <BatchTable batches={batches} clock={clock} />
          ) : (
            <Empty title={t("none")}>{t("noneHint")}</Empty>
          )}
        </Section>
      </div>
      <Pager
        newer={before === undefined ? null : path}
        older={more === null ? null : hrefOf(path, { before: more })}
      />
    </>
  );
}

/** Why the file that was just sent has no dry run. */
async function Problem({ wished }: { wished: string | null }) {
  if (!wished) return null;
  const t = await getTranslations("desk.batches.unreadable");
  const reason = unreadableReasons.find((known) => known === wished);
  const isTooLarge = wished === "body_too_large";
  const text = reason
    ? t(reason)
    : isTooLarge
      ? t("too_large")
      : problemText(await getLocale(), problemOf(wished));
  return (
    <p role="alert" className="mb-3 rounded-md border border-danger bg-danger-wash p-3 font-semibold">
      {text}
    </p>
  );
}
