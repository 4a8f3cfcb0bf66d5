import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { findBatch } from "@/lib/batches/find-batch";
import { listRows } from "@/lib/batches/list-rows";
import { shop } from "@/lib/shop";
import { deskClock } from "../../../desk-settings";
import { ActionPanel } from "../../../parts/action-panel";
import { Empty, PageHeading } from "../../../parts/heading";
import { QueuePager } from "../../../parts/pager";
import { cursorOf, hrefOf, oneOf, type SearchParams } from "../../../parts/query";
import { Tabs } from "../../../parts/tabs";
import { ShortMoment } from "../../../parts/times";
import { BatchStatusMark } from "../../batch-status";
import { readVerdictText } from "../../verdict-text";
import { actOnBatch } from "./act-on-batch";
import { BatchDeeds } from "./batch-deeds";
import { ColumnsForm } from "./columns-form";
import { RowTable } from "./row-table";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

const shownRows = ["all", "refused"] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations("desk.batches"))("title", { id: (await params).id }) };
}

/** One batch: as a draft, what would be shipped; then what was, and how long it can be undone. */
export default async function BatchPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/dashboard/deliveries/batches/${encodeURIComponent(id)}`;
  await requireStaffOnPage("orders.ship", path);
  const query = await searchParams;
  const batchId = cursorOf(id);
  const batch = batchId ? await findBatch(shop(), batchId) : null;
  if (!batch) notFound();

  const t = await getTranslations("desk.batches");
  const show = oneOf(query.show, shownRows) ?? "all";
  const refusedOnly = show === "refused";
  const after = cursorOf(query.after);
  const [{ rows, more }, clock, verdictText] = await Promise.all([
    listRows(shop(), { batchId: batch.id, refusedOnly, after }),
    deskClock(),
    readVerdictText(),
  ]);
  const { counts } = batch;
  const to = (wished: { show?: string; after?: number | null }) =>
    hrefOf(path, { show: wished.show === "refused" ? "refused" : null, after: wished.after });
  return (
    <>
      <PageHeading
        title={t("title", { id: batch.id })}
        note={
          <>
            {batch.fileName ?? t("source.selection")} · {batch.by} ·{" "}
            <ShortMoment at={batch.createdAt} {...clock} />
          </>
        }
      >
        <BatchStatusMark status={batch.status} />
      </PageHeading>
      <ActionPanel action={actOnBatch}>
        <BatchDeeds batch={batch} now={clock.now} />
        {batch.status === "draft" && batch.source === "file" && <ColumnsForm batch={batch} />}
      </ActionPanel>
      <div className="mt-4 flex flex-wrap items-baseline justify-between gap-3">
        <Tabs
          label={t("filter")}
          tabs={shownRows.map((value) => ({
            label: t(`show.${value}`, { count: value === "refused" ? counts.refused : counts.rows }),
            href: to({ show: value }),
            current: value === show,
          }))}
        />
        {counts.refused > 0 && (
          <a href={`/api/export/batches/${batch.id}/refused`} download>
            {t("download")}
          </a>
        )}
      </div>
      <div className="sheet mt-3">
        {rows.length > 0 ? (
          <RowTable rows={rows} batch={batch} verdictText={verdictText} />
        ) : (
          <Empty title={t("noneRefused")}>
            <Link href={path} prefetch={false}>
              {t("showAll")}
            </Link>
          </Empty>
        )}
      </div>
      <QueuePager
        first={after === undefined ? null : to({ show })}
        next={more === null ? null : to({ show, after: more })}
      />
    </>
  );
}
