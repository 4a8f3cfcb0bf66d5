import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { notificationFilterOf, readNotificationQuery } from "@/lib/notifications/notification-query";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { ActionPanel } from "../parts/action-panel";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, hrefOf, type SearchParams } from "../parts/query";
import { NotificationFilters, notificationsPath } from "./notification-filters";
import { NotificationTable } from "./notification-table";
import { replay } from "./replay";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("notifications") };
}

export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const parameters = await searchParams;
  const { query, madeUp } = readNotificationQuery(parameters);
  const before = cursorOf(parameters.before);
  const staff = await requireStaffOnPage(
    "notifications.read",
    hrefOf(notificationsPath, { ...query, before }),
  );

  const t = await getTranslations("desk");
  const clock = await deskClock();
  const filter = notificationFilterOf(query, clock);
  const { notifications, older } = await listNotifications(shop(), { ...filter, before });
  const isFiltered = Object.values(query).some((value) => value !== null);
  return (
    <>
      <PageHeading title={t("nav.notifications")} note={t("notifications.note")}>
        <ExportLinks list="notifications" query={query} />
      </PageHeading>
      <NotificationFilters query={query} />
      {madeUp.length > 0 && (
        <p role="status" className="mt-3 text-warn">
          {t("madeUpFilter")}
        </p>
      )}
      <div className="mt-3">
        <ActionPanel action={replay}>
          <div className="sheet">
            {notifications.length > 0 ? (
              <NotificationTable
                notifications={notifications}
                mayReplay={isAllowed(staff.role, "notifications.replay")}
                clock={clock}
              />
            ) : (
              <Empty title={t("notifications.none")}>
                {isFiltered ? t("notifications.noneFiltered") : t("notifications.noneHint")}
              </Empty>
            )}
          </div>
        </ActionPanel>
      </div>
      <Pager
        newer={before === undefined ? null : hrefOf(notificationsPath, query)}
        older={older === null ? null : hrefOf(notificationsPath, { ...query, before: older })}
      />
    </>
  );
}
