import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { readDays } from "@/lib/figures/read-days";
import { readCallbacks } from "@/lib/health/read-callbacks";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "./desk-settings";
import { CallbackHealth } from "./home/callbacks";
import { drawCharts } from "./home/draw-charts";
import { FigureCards } from "./home/figures";
import { readTasks } from "./home/read-tasks";
import { Tiles } from "./home/tiles";
import { PageHeading, Section } from "./parts/heading";
import { ShortMoment } from "./parts/times";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("home") };
}

/** What needs a hand now, how the days go, and whether WeChat and the shop reach each other: in this order. */
export default async function DeskHomePage() {
  const { role } = await requireStaffOnPage("orders.read", "/dashboard");
  const t = await getTranslations("home");
  const withMoney = isAllowed(role, "money.read");
  const [tasks, days, callbacks, clock] = await Promise.all([
    readTasks(shop(), role),
    readDays(shop()),
    readCallbacks(shop()),
    deskClock(),
  ]);
  const svgs = await drawCharts(days.days, { withMoney });
  return (
    <>
      <PageHeading title={t("title")} note={t("note")} />
      <Tiles tasks={tasks} now={clock.now} />
      <div className="mt-6 mb-3">
        <h2 className="text-l">{t("figures.heading")}</h2>
        <p className="max-w-[60em] text-s text-soft">
          {t("figures.note", { timeZone: clock.timeZone })}{" "}
          {days.countedAt && (
            <>
              {t("figures.counted")} <ShortMoment at={days.countedAt} {...clock} />
            </>
          )}{" "}
          {!days.isComplete && t("figures.uncounted")}
        </p>
      </div>
      <FigureCards of={days} svgs={svgs} />
      <div className="mt-6">
        <Section id="health" title={t("health.title")}>
          <CallbackHealth of={callbacks} now={clock.now} may={(permission) => isAllowed(role, permission)} />
        </Section>
      </div>
    </>
  );
}
