import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { shop } from "@/lib/shop";
import { listStaff } from "@/lib/staff/list-staff";
import { deskClock } from "../../desk-settings";
import { ActionPanel } from "../../parts/action-panel";
import { Fact, Facts } from "../../parts/facts";
import { PageHeading, Section } from "../../parts/heading";
import { cursorOf } from "../../parts/query";
import { ShortMoment } from "../../parts/times";
import { AccountMark } from "../account-mark";
import { staffHref } from "../staff-href";
import { availableDeeds } from "./available-deeds";
import { Forms } from "./forms";
import { History } from "./history";
import { manage } from "./manage";

type Props = { params: Promise<{ staffId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff.person"))("title") };
}

/** One person's account: how it stands, what can be done about it, and what was done to it. */
export default async function PersonPage({ params }: Props) {
  const staffId = cursorOf((await params).staffId) ?? 0;
  const staff = await requireStaffOnPage("staff.manage", staffHref(staffId));
  const [people, clock] = await Promise.all([listStaff(shop()), deskClock()]);
  const person = people.find((one) => one.id === staffId);
  if (!person) notFound();

  const t = await getTranslations("staff");
  const role = await getTranslations("desk.roles");
  const owners = people.filter((one) => one.role === "owner" && canSignIn(one));
  const isLastOwner = owners.length === 1 && owners[0]?.id === person.id;
  const offs = availableDeeds(person, { viewerId: staff.id, isLastOwner });
  const moment = (at: Date | null) =>
    at ? <ShortMoment at={at} {...clock} /> : <span className="text-soft">{t("never")}</span>;
  return (
    <>
      <PageHeading
        title={person.name}
        note={
          <>
            <Link href="/dashboard/staff" prefetch={false}>
              {t("title")}
            </Link>{" "}
            · {person.email}
          </>
        }
      >
        <AccountMark standing={person.standing} />
      </PageHeading>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section id="deeds" title={t("person.deedsTitle")}>
          <div className="px-4 py-3">
            <ActionPanel action={manage}>
              <Forms person={person} offs={offs} />
            </ActionPanel>
          </div>
        </Section>
        <div className="grid min-w-0 gap-4">
          <Section id="facts" title={t("person.facts")}>
            <Facts>
              <Fact name={t("columns.role")}>{role(person.role)}</Fact>
              <Fact name={t("columns.totp")}>{t(person.hasTotp ? "on" : "off")}</Fact>
              {person.linkUntil && <Fact name={t("person.linkUntil")}>{moment(person.linkUntil)}</Fact>}
              {person.lockedUntil && <Fact name={t("person.lockedUntil")}>{moment(person.lockedUntil)}</Fact>}
              <Fact name={t("columns.lastSignIn")}>{moment(person.lastSignInAt)}</Fact>
              <Fact name={t("columns.since")}>{moment(person.createdAt)}</Fact>
            </Facts>
            {person.lockedUntil && (
              <p className="border-line border-t px-4 py-2 text-s text-soft">{t("person.lockedHint")}</p>
            )}
          </Section>
          <Section id="history" title={t("person.history")}>
            <History staffId={person.id} clock={clock} />
          </Section>
        </div>
      </div>
    </>
  );
}

function canSignIn({ standing }: { standing: string }): boolean {
  return standing === "active" || standing === "locked";
}
