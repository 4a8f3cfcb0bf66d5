import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { shop } from "@/lib/shop";
import { listStaff } from "@/lib/staff/list-staff";
import { deskClock } from "../desk-settings";
import { ActionPanel } from "../parts/action-panel";
import { PageHeading, Section } from "../parts/heading";
import { invite } from "./invite";
import { InviteForm } from "./invite-form";
import { RightsTable } from "./rights-table";
import { StaffTable } from "./staff-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("staff") };
}

export default async function StaffPage() {
  const staff = await requireStaffOnPage("staff.manage", "/dashboard/staff");
  const t = await getTranslations("staff");
  const [people, clock] = await Promise.all([listStaff(shop()), deskClock()]);
  return (
    <>
      <PageHeading title={t("title")} note={t("note")} />
      <ActionPanel action={invite}>
        <div className="sheet">
          <StaffTable people={people} viewerId={staff.id} clock={clock} />
        </div>
        <div className="mt-4 grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
          <Section id="invite" title={t("invite.title")}>
            <div className="px-4 py-3">
              <InviteForm />
            </div>
          </Section>
          <Section id="rights" title={t("rightsTitle")}>
            <RightsTable />
          </Section>
        </div>
      </ActionPanel>
    </>
  );
}
