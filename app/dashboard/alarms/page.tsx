import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { countAlarms, listAlarms } from "@/lib/alarms/list-alarms";
import { alarmStatuses } from "@/lib/alarms/state";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { listPeople } from "@/lib/staff/list-people";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { ActionPanel } from "../parts/action-panel";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { AlarmCard } from "./alarm-card";
import { AlarmFilters, sources } from "./alarm-filters";
import { handle } from "./handle";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("alarms") };
}

const path = "/dashboard/alarms";

export default async function AlarmsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const state = oneOf(query.state, alarmStatuses) ?? "open";
  const before = cursorOf(query.before);
  const chosen = {
    kind: firstOf(query.kind),
    source: oneOf(query.source, sources),
    person: oneOf(query.person, ["me", "nobody"]) ?? cursorOf(query.person)?.toString() ?? null,
  };
  const staff = await requireStaffOnPage("alarms.read", hrefOf(path, { state, ...chosen, before }));

  const { kind, source, person } = chosen;
  const assignedTo = person === "me" ? staff.id : person === "nobody" ? null : Number(person ?? 0);
  const filter = { kind, source, assignedTo };
  const t = await getTranslations("alarms");
  const words = await getTranslations("desk");
  const [{ alarms, older }, counts, people, clock] = await Promise.all([
    listAlarms(shop(), { ...filter, state, before }),
    countAlarms(shop(), filter),
    listPeople(shop()),
    deskClock(),
  ]);
  const isMadeUp =
    isOther(query.state, state) || isOther(query.source, source) || isOther(query.person, person);
  const counted = (count: number) =>
    count < countedAtMost ? String(count) : t("many", { count: countedAtMost - 1 });
  return (
    <>
      <PageHeading title={words("nav.alarms")} note={t("note")}>
        <ExportLinks list="alarms" query={{ state, ...chosen }} />
      </PageHeading>
      <Tabs
        label={t("states")}
        tabs={alarmStatuses.map((value) => ({
          label: t("tab", { state: words(`alarmStatus.${value}`), count: counted(counts[value]) }),
          href: hrefOf(path, { ...chosen, state: value === "open" ? null : value }),
          current: value === state,
        }))}
      />
      <AlarmFilters state={state} {...chosen} people={people} />
      {isMadeUp && (
        <p role="status" className="mt-3 text-warn">
          {words("madeUpFilter")}
        </p>
      )}
      <div className="mt-3">
        <ActionPanel action={handle}>
          {alarms.length > 0 ? (
            <ul className="grid gap-3">
              {alarms.map((alarm) => (
                <AlarmCard
                  key={alarm.id}
                  alarm={alarm}
                  clock={clock}
                  people={people}
                  mayReadNotifications={isAllowed(staff.role, "notifications.read")}
                  mayHandle={isAllowed(staff.role, "alarms.handle")}
                />
              ))}
            </ul>
          ) : (
            <div className="sheet">
              <Empty title={t(`none.${state}`)}>
                {t(kind || source || person ? "noneFiltered" : "noneHint")}
              </Empty>
            </div>
          )}
        </ActionPanel>
      </div>
      <Pager
        newer={before === undefined ? null : hrefOf(path, { ...chosen, state })}
        older={older === null ? null : hrefOf(path, { ...chosen, state, before: older })}
      />
    </>
  );
}

/** Whether something was wished for that there is not. */
function isOther(wished: string | string[] | undefined, shown: string | null): boolean {
  return firstOf(wished) !== null && firstOf(wished) !== shown;
}
