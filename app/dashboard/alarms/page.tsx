import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listAlarms } from "@/lib/alarms/list-alarms";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { AlarmCard } from "./alarm-card";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("alarms") };
}

const path = "/dashboard/alarms";
const states = ["unresolved", "resolved"] as const;

export default async function AlarmsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const state = oneOf(query.state, states) ?? "unresolved";
  const before = cursorOf(query.before);
  const staff = await requireStaffOnPage("alarms.read", hrefOf(path, { state, before }));

  const t = await getTranslations("desk");
  const { alarms, older } = await listAlarms(shop(), { state, before });
  const clock = await deskClock();
  const wished = firstOf(query.state);
  return (
    <>
      <PageHeading title={t("nav.alarms")} note={t("alarms.note")} />
      <Tabs
        label={t("alarms.filter")}
        tabs={states.map((value) => ({
          label: t(`alarms.${value}`),
          href: hrefOf(path, { state: value === "unresolved" ? null : value }),
          current: value === state,
        }))}
      />
      {wished !== null && wished !== state && (
        <p role="status" className="mt-3 text-warn">
          {t("madeUpFilter")}
        </p>
      )}
      <div className="mt-3">
        {alarms.length > 0 ? (
          <ul className="grid gap-3">
            {alarms.map((alarm) => (
              <AlarmCard
                key={alarm.id}
                alarm={alarm}
                clock={clock}
                mayReadNotifications={isAllowed(staff.role, "notifications.read")}
              />
            ))}
          </ul>
        ) : (
          <div className="sheet">
            <Empty title={t(`alarms.none.${state}`)}>{t("alarms.noneHint")}</Empty>
          </div>
        )}
      </div>
      <Pager
        newer={before === undefined ? null : hrefOf(path, { state })}
        older={older === null ? null : hrefOf(path, { state, before: older })}
      />
    </>
  );
}
