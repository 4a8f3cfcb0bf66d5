import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { countRefunds } from "@/lib/refunds/count-refunds";
import { listRefunds } from "@/lib/refunds/list-refunds";
import { queueBranches, refundQueues } from "@/lib/refunds/queues";
import { shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { ActionForm, ActionPanel } from "../parts/action-panel";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { Batch } from "./batch";
import { decideSelected } from "./decide-selected";
import { RefundTable } from "./refund-table";
import { SendingPaused } from "./sending-paused";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("refunds") };
}

const path = "/dashboard/refunds";

export default async function RefundsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const queue = oneOf(query.queue, refundQueues) ?? "toDecide";
  const after = cursorOf(query.after);
  const staff = await requireStaffOnPage("refunds.read", hrefOf(path, { queue, after }));

  const t = await getTranslations("desk");
  const [{ refunds, more }, counts] = await Promise.all([
    listRefunds(shop(), { queue, after }),
    countRefunds(shop()),
  ]);
  const clock = await deskClock();
  const first = after === undefined ? null : hrefOf(path, { queue });
  const next = more === null ? null : hrefOf(path, { queue, after: more });
  const { oldestFirst } = queueBranches[queue];
  const wished = firstOf(query.queue);
  const maySelect = queue === "toDecide" && isAllowed(staff.role, "refunds.approve");
  const table = refunds.length > 0 && (
    <div className="sheet">
      <RefundTable refunds={refunds} queue={queue} clock={clock} maySelect={maySelect} />
    </div>
  );
  return (
    <>
      <PageHeading title={t("nav.refunds")} note={t(`refunds.queues.${queue}.note`)}>
        <ExportLinks list="refunds" query={{ queue }} />
      </PageHeading>
      <SendingPaused />
      <Tabs
        label={t("refunds.filter")}
        tabs={refundQueues.map((value) => ({
          label:
            value === "done"
              ? t("refunds.queues.done.label")
              : t("refunds.counted", {
                  queue: t(`refunds.queues.${value}.label`),
                  count: counts[value] < countedAtMost ? String(counts[value]) : `${countedAtMost - 1}+`,
                }),
          href: hrefOf(path, { queue: value === "toDecide" ? null : value }),
          current: value === queue,
        }))}
      />
      {wished !== null && wished !== queue && (
        <p role="status" className="mt-3 text-warn">
          {t("madeUpFilter")}
        </p>
      )}
      <div className="mt-3">
        {maySelect ? (
          <ActionPanel action={decideSelected}>
            {table && (
              <ActionForm form="batch">
                {table}
                <Batch />
              </ActionForm>
            )}
          </ActionPanel>
        ) : (
          table
        )}
        {!table && (
          <div className="sheet">
            <Empty title={t(`refunds.queues.${queue}.none`)}>{t("refunds.noneHint")}</Empty>
          </div>
        )}
      </div>
      <Pager newer={oldestFirst ? next : first} older={oldestFirst ? first : next} />
    </>
  );
}
