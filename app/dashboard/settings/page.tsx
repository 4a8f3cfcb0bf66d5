import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { isSecret, settingDefinitions, settingKeys } from "@/lib/settings/definitions";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { PageHeading } from "../parts/heading";
import { Cell, Ledger, Row } from "../parts/ledger";
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
  const settings = await readSettings(shop().db);
  return (
    <>
      <PageHeading title={t("title")} note={mayChange ? t("note") : `${t("note")} ${t("readOnly")}`} />
      <div className="sheet">
        <Ledger
          label={t("title")}
          columns={[
            { label: t("name") },
            { label: t("value") },
            { label: t("initial") },
            { label: t("why") },
          ]}
        >
          {settingKeys.map((key) => (
            <Row key={key}>
              <Cell>
                <span id={`name-${key}`} className="font-semibold">
                  {t(`names.${key}`)}
                </span>
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
                <p id={`reason-${key}`} className="max-w-[34em]">
                  {t(`reasons.${key}`)}
                </p>
              </Cell>
            </Row>
          ))}
        </Ledger>
      </div>
    </>
  );
}
