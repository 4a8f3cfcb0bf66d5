import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { countRefunds } from "@/lib/refunds/count-refunds";
import { shop } from "@/lib/shop";
import { countedAtMost, countWork } from "@/lib/staff/count-work";
import { isAllowed, type Permission } from "@/lib/staff/rights";
import { deskClock } from "./desk-settings";
import { PageHeading } from "./parts/heading";
import { Mark, type Shape, type Tone } from "./parts/mark";
import { TimeLeft } from "./parts/times";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("home") };
}

type Tile = {
  name:
    | "pending"
    | "toShip"
    | "late"
    | "running"
    | "refundsToDecide"
    | "refundsNeedAPerson"
    | "owed"
    | "undecided"
    | "alarms"
    | "badNotifications";
  count: number;
  href: string;
  permission: Permission;
  look: [Shape, Tone];
};

export default async function DeskHomePage() {
  const staff = await requireStaffOnPage("orders.read", "/dashboard");
  const t = await getTranslations("desk.home");
  const locale = await getLocale();
  const [work, refunds, { now }] = await Promise.all([countWork(shop()), countRefunds(shop()), deskClock()]);
  const tiles: Tile[] = [
    {
      name: "late",
      count: work.late,
      href: "/dashboard/deliveries?state=late",
      permission: "orders.read",
      look: ["wedge", "danger"],
    },
    {
      name: "running",
      count: work.running,
      href: "/dashboard/deliveries",
      permission: "orders.read",
      look: ["half", "plain"],
    },
    {
      name: "toShip",
      count: work.toShip,
      href: "/dashboard/orders?status=paid",
      permission: "orders.read",
      look: ["full", "money"],
    },
    {
      name: "pending",
      count: work.pending,
      href: "/dashboard/orders?status=pending",
      permission: "orders.read",
      look: ["hollow", "plain"],
    },
    {
      name: "refundsToDecide",
      count: refunds.toDecide,
      href: "/dashboard/refunds",
      permission: "refunds.read",
      look: ["hollow", "plain"],
    },
    {
      name: "refundsNeedAPerson",
      count: refunds.needsPerson,
      href: "/dashboard/refunds?queue=needsPerson",
      permission: "refunds.read",
      look: ["wedge", "danger"],
    },
    {
      name: "owed",
      count: work.owed,
      href: "/dashboard/money?verdict=surplus",
      permission: "money.read",
      look: ["wedge", "warn"],
    },
    {
      name: "undecided",
      count: work.undecided,
      href: "/dashboard/money",
      permission: "money.read",
      look: ["wedge", "danger"],
    },
    {
      name: "alarms",
      count: work.alarms,
      href: "/dashboard/alarms",
      permission: "alarms.read",
      look: ["wedge", "danger"],
    },
    {
      name: "badNotifications",
      count: work.badNotifications,
      href: "/dashboard/notifications?verdict=trouble",
      permission: "notifications.read",
      look: ["wedge", "danger"],
    },
  ];
  return (
    <>
      <PageHeading title={t("title")} note={t("note")} />
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {tiles
          .filter(({ permission }) => isAllowed(staff.role, permission))
          .map((tile) => (
            <li key={tile.name} className="min-w-0">
              <Link
                href={tile.href}
                prefetch={false}
                className="sheet flex h-full flex-col gap-1 p-4 text-ink no-underline hover:border-line-strong"
              >
                <span className="flex items-start justify-between gap-4">
                  <span className="font-semibold">{t(`${tile.name}.label`)}</span>
                  <span className="zg-number text-xxl leading-none">
                    {tile.count < countedAtMost
                      ? tile.count.toLocaleString(locale)
                      : t("many", { count: countedAtMost - 1 })}
                  </span>
                </span>
                <span className="text-s">
                  {tile.count === 0 ? (
                    <Mark shape="bar" tone="soft">
                      {t("nothing")}
                    </Mark>
                  ) : (
                    <Mark shape={tile.look[0]} tone={tile.look[1]}>
                      <span className="whitespace-normal">
                        {t.rich(`${tile.name}.some`, {
                          amount: formatFen(work.owedFen, locale),
                          left: () =>
                            work.nextDeadline ? <TimeLeft until={work.nextDeadline} now={now} /> : "—",
                        })}
                      </span>
                    </Mark>
                  )}
                </span>
              </Link>
            </li>
          ))}
      </ul>
    </>
  );
}
