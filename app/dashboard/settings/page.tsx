import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { isSecret, settingDefinitions } from "@/lib/settings/definitions";
import { readChanges, type SettingChange } from "@/lib/settings/read-changes";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { type DeskClock, deskClock } from "../desk-settings";
import { PageHeading, Section } from "../parts/heading";
import { Cell, Ledger, Row } from "../parts/ledger";
import { StepUpFields } from "../parts/step-up-fields";
import { ShortMoment } from "../parts/times";
import { guardsMoney, settingGroups, settingsOf } from "./groups";
import { SettingForm } from "./setting-form";
import { kindOf, shown, typedFrom } from "./setting-text";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("settings") };
}

/** What the shop goes by now, and why one would change it; a form for each where the reader may. */
export default async function SettingsPage() {
  const staff = await requireStaffOnPage("settings.read", "/dashboard/settings");
  const mayChange = isAllowed(staff.role, "settings.change");
  const t = await getTranslations("desk.settings");
  const locale = await getLocale();
  const [settings, changes, clock] = await Promise.all([
    readSettings(shop().db),
    readChanges(shop()),
    deskClock(),
  ]);
  return (
    <>
      <PageHeading title={t("title")} note={mayChange ? t("note") : `${t("note")} ${t("readOnly")}`} />
      <div className="grid gap-4">
        {settingGroups.map((group) => (
          <Section key={group} id={group} title={t(`groups.${group}`)}>
            <Ledger
              label={t(`groups.${group}`)}
              columns={[
                { label: t("name") },
                { label: t("value") },
                { label: t("initial") },
                { label: t("why") },
              ]}
            >
              {settingsOf(group).map((key) => (
                <Row key={key}>
                  <Cell>
                    <span id={`name-${key}`} className="font-semibold">
                      {t(`names.${key}`)}
                    </span>
                    <LastChange change={changes.get(key)} clock={clock} />
                  </Cell>
                  <Cell label={t("value")}>
                    {mayChange ? (
                      <SettingForm
                        setting={key}
                        kind={kindOf(key)}
                        labelledBy={`name-${key}`}
                        describedBy={`reason-${key}`}
                        current={typedFrom(key, settings[key])}
                        save={t("save")}
                        secret={
                          isSecret(key) && settings[key]
                            ? { masked: String(settings[key]), off: t("switchOff") }
                            : null
                        }
                        proof={guardsMoney.has(key) && <StepUpFields />}
                      />
                    ) : (
                      <span className="zg-number">{shown(key, settings[key], locale) ?? t("off")}</span>
                    )}
                  </Cell>
                  <Cell label={t("initial")}>
                    <span className="zg-number text-soft">
                      {shown(key, settingDefinitions[key].initial, locale) ?? t("off")}
                    </span>
                  </Cell>
                  <Cell label={t("why")}>
                    <div id={`reason-${key}`} className="max-w-[34em]">
                      <p>{t(`reasons.${key}`)}</p>
                      <p className="text-s text-soft">{t("effect", { effect: t(`effects.${key}`) })}</p>
                    </div>
                  </Cell>
                </Row>
              ))}
            </Ledger>
          </Section>
        ))}
      </div>
    </>
  );
}

function LastChange({ change, clock }: { change: SettingChange | undefined; clock: DeskClock }) {
  const t = useTranslations("desk.settings");
  if (!change) return null;
  return (
    <p className="text-s text-soft">
      {t.rich("changed", {
        name: change.staffName ?? t("byCommand"),
        at: () => <ShortMoment at={change.at} {...clock} />,
      })}
    </p>
  );
}
