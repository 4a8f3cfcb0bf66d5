import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Moment } from "@/app/ui/moment";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { type Finding, type Verdict, verdicts } from "@/lib/setup/finding";
import { readSetup } from "@/lib/setup/read-setup";
import { isForwarded } from "@/lib/setup/run-checks";
import { shop } from "@/lib/shop";
import { deskClock } from "../desk-settings";
import { ActionForm, ActionPanel } from "../parts/action-panel";
import { Submit } from "../parts/form-fields";
import { PageHeading, Section } from "../parts/heading";
import { Mark } from "../parts/mark";
import { Addresses } from "./addresses";
import { checkAgain } from "./check-again";
import { FindingEntry } from "./finding-entry";
import { verdictLooks } from "./verdict-looks";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("setup") };
}

/** What merchants get wrong most, looked at now: what must be mended first, what is fine last. */
export default async function SetupPage() {
  await requireStaffOnPage("setup.read", "/dashboard/setup");
  const t = await getTranslations("setup");
  const address = await requestAddress();
  const asked = { forwarded: isForwarded((await headers()).get("x-forwarded-for"), address), address };
  const [{ ranAt, findings }, clock] = await Promise.all([readSetup(shop(), asked), deskClock()]);
  const by = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict);
  const inOrder: Finding[] = verdicts.flatMap(by);
  return (
    <ActionPanel action={checkAgain}>
      <PageHeading title={t("title")} note={t("note")}>
        <ActionForm form="again" className="flex flex-wrap items-baseline gap-3">
          <span className="text-s text-soft">
            {t.rich("ranAt", { at: () => <Moment at={ranAt} timeZone={clock.timeZone} /> })}
          </span>
          <Submit>{t("again")}</Submit>
        </ActionForm>
      </PageHeading>
      <p className="mb-3 flex flex-wrap gap-x-5 gap-y-1">
        {by("fine").length === findings.length ? (
          <Mark shape="full" tone="plain">
            {t("allFine")}
          </Mark>
        ) : (
          verdicts
            .filter((verdict) => by(verdict).length > 0)
            .map((verdict) => (
              <Mark key={verdict} {...verdictLooks[verdict]}>
                {t(`sum.${verdict}`, { count: by(verdict).length })}
              </Mark>
            ))
        )}
      </p>
      <ul className="sheet divide-y divide-line">
        {inOrder.map((finding) => (
          <FindingEntry key={finding.check} finding={finding} timeZone={clock.timeZone} />
        ))}
      </ul>
      <div className="mt-4">
        <Section id="addresses" title={t("addresses.title")}>
          <Addresses siteUrl={shop().environment.siteUrl} push={shop().environment.wechat.push !== null} />
        </Section>
      </div>
    </ActionPanel>
  );
}
