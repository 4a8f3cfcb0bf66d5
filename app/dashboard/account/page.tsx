import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { ownPath } from "@/lib/http/own-path";
import { shop } from "@/lib/shop";
import { readOwnAccount } from "@/lib/staff/read-own-account";
import { isAllowed, permissions } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { ActionPanel } from "../parts/action-panel";
import { Fact, Facts } from "../parts/facts";
import { PageHeading, Section } from "../parts/heading";
import { firstOf, type SearchParams } from "../parts/query";
import { ShortMoment } from "../parts/times";
import { change } from "./change";
import { OwnRights } from "./own-rights";
import { PasswordForm } from "./password-form";
import { SecondFactor } from "./second-factor";
import { SessionsForm } from "./sessions-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff.account"))("title") };
}

/** Everybody's own account: the password, the second factor, where one is signed in, and what one's role may do. */
export default async function AccountPage({ searchParams }: { searchParams: SearchParams }) {
  const staff = await requireStaffOnPage("account.edit", "/dashboard/account");
  const query = await searchParams;
  const t = await getTranslations("staff.account");
  const role = await getTranslations("desk.roles");
  const [own, clock] = await Promise.all([readOwnAccount(shop(), staff.id), deskClock()]);
  return (
    <>
      <PageHeading title={t("title")} note={`${staff.name} · ${staff.email}`} />
      {firstOf(query.recovered) !== null && own.hasTotp && (
        <div role="status" className="mb-3 rounded-md border border-accent bg-accent-wash p-3">
          <p className="font-semibold">{t("recovered", { left: own.codesLeft })}</p>
          <p className="mt-1 max-w-[46em]">{t("recoveredHint")}</p>
          <p className="mt-1">
            <Link
              href={ownPath(firstOf(query.returnTo), shop().environment.siteUrl) ?? "/dashboard"}
              prefetch={false}
            >
              {t("goOn")}
            </Link>
          </p>
        </div>
      )}
      <ActionPanel action={change}>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid min-w-0 gap-4">
            <Section id="totp" title={t("totp.title")}>
              <div className="px-4 py-3">
                <SecondFactor own={own} staff={staff} clock={clock} />
              </div>
            </Section>
            <Section id="password" title={t("password.title")}>
              <div className="px-4 py-3">
                <PasswordForm email={staff.email} />
              </div>
            </Section>
          </div>
          <div className="grid min-w-0 gap-4">
            <Section id="facts" title={t("facts")}>
              <Facts>
                <Fact name={t("role")}>{role(staff.role)}</Fact>
                <Fact name={t("lastSignIn")}>
                  {own.lastSignInAt ? <ShortMoment at={own.lastSignInAt} {...clock} /> : t("unknown")}
                </Fact>
              </Facts>
              <div className="border-line border-t px-4 py-3">
                <SessionsForm />
              </div>
            </Section>
            <Section id="rights" title={t("rights")}>
              <OwnRights rights={permissions.filter((permission) => isAllowed(staff.role, permission))} />
            </Section>
          </div>
        </div>
      </ActionPanel>
    </>
  );
}
