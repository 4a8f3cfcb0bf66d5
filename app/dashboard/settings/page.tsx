import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { type SettingKey, settingDefinitions } from "@/lib/settings/definitions";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { PageHeading } from "../parts/heading";
import { Cell, Ledger, Row } from "../parts/ledger";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("settings") };
}

/** What the shop goes by now, and why one would change it; changing comes with its own page. */
export default async function SettingsPage() {
  await requireStaffOnPage("settings.read", "/dashboard/settings");
  const t = await getTranslations("desk.settings");
  const locale = await getLocale();
  const settings = await readSettings(shop().db);
  const show = (key: SettingKey, value: string | number) =>
    key.endsWith("Fen") ? formatFen(Number(value), locale) : value.toLocaleString(locale);
  const keys = Object.keys(settingDefinitions) as SettingKey[];
  return (
    <>
      <PageHeading title={t("title")} note={t("note")} />
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
          {keys.map((key) => (
            <Row key={key}>
              <Cell>
                <span className="font-semibold">{t(`names.${key}`)}</span>
              </Cell>
              <Cell label={t("value")}>
                <span className="zg-number">{show(key, settings[key])}</span>
              </Cell>
              <Cell label={t("initial")}>
                <span className="zg-number text-soft">{show(key, settingDefinitions[key].initial)}</span>
              </Cell>
              <Cell label={t("why")}>
                <p className="max-w-[34em]">{t(`reasons.${key}`)}</p>
              </Cell>
            </Row>
          ))}
        </Ledger>
      </div>
    </>
  );
}
