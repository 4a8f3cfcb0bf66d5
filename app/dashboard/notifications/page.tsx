import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { notificationKinds, notificationVerdicts } from "@/lib/db/schema/notifications";
import { listNotifications, troubleVerdicts } from "@/lib/notifications/list-notifications";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { ActionPanel } from "../parts/action-panel";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";
import { NotificationFilters } from "./notification-filters";
import { NotificationTable } from "./notification-table";
import { replay } from "./replay";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("notifications") };
}

const path = "/dashboard/notifications";
const choices = ["trouble", ...notificationVerdicts] as const;

export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const verdict = oneOf(query.verdict, choices);
  const kind = oneOf(query.kind, notificationKinds);
  const before = cursorOf(query.before);
  const staff = await requireStaffOnPage("notifications.read", hrefOf(path, { verdict, kind, before }));

  const t = await getTranslations("desk");
  const verdicts = verdict === "trouble" ? troubleVerdicts : verdict && [verdict];
  const { notifications, older } = await listNotifications(shop(), { verdicts, kind, before });
  const madeUp = firstOf(query.verdict) !== verdict || firstOf(query.kind) !== kind;
  return (
    <>
      <PageHeading title={t("nav.notifications")} note={t("notifications.note")}>
        <div className="flex flex-wrap items-end gap-2">
          <NotificationFilters verdict={verdict} kind={kind} />
          <ExportLinks list="notifications" query={{ verdict, kind }} />
        </div>
      </PageHeading>
      {madeUp && (
        <p role="status" className="mb-3 text-warn">
          {t("madeUpFilter")}
        </p>
      )}
      <ActionPanel action={replay}>
        <div className="sheet">
          {notifications.length > 0 ? (
            <NotificationTable
              notifications={notifications}
              mayReplay={isAllowed(staff.role, "notifications.replay")}
              clock={await deskClock()}
            />
          ) : (
            <Empty title={t("notifications.none")}>
              {verdict || kind ? t("notifications.noneFiltered") : t("notifications.noneHint")}
            </Empty>
          )}
        </div>
      </ActionPanel>
      <Pager
        newer={before === undefined ? null : hrefOf(path, { verdict, kind })}
        older={older === null ? null : hrefOf(path, { verdict, kind, before: older })}
      />
    </>
  );
}
