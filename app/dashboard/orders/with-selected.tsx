import { useTranslations } from "next-intl";
import type { StaffRole } from "@/lib/db/schema/staff";
import type { Packer } from "@/lib/staff/list-packers";
import { isAllowed } from "@/lib/staff/rights";
import { SelectField, Submit, TextArea } from "../parts/form-fields";
import { Panel } from "../parts/panel";
import { type Deed, deedRights } from "./deeds";
import { Selection } from "./selection";

/** What the viewer may do with several orders at once; null for who may do nothing. */
export function deedsOf(role: StaffRole): Deed[] {
  return (Object.keys(deedRights) as Deed[]).filter((deed) => isAllowed(role, deedRights[deed]));
}

const hole = { count: "{count}" }; // Filled in the browser, at each tick.

/** Stays in sight while something is ticked; the style alone shows it, so that it is there without a script too. */
export function WithSelected({ deeds, packers }: { deeds: Deed[]; packers: Packer[] }) {
  const t = useTranslations("lists.selected");
  const may = (deed: Deed) => deeds.includes(deed);
  return (
    <section
      aria-label={t("title")}
      className="with-ticked sheet flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2"
    >
      {/* Enter in a tick box presses the form's first button: one without a deed, so that no key does anything. */}
      <button type="submit" name="deed" value="" hidden />
      <Selection
        words={{ picked: t("picked", hole), gone: t("gone", hole), all: t("all"), none: t("none") }}
      />
      <div className="panels up flex flex-wrap items-start gap-2">
        {may("ship") && (
          <Submit primary name="deed" value="ship">
            {t("ship")}
          </Submit>
        )}
        {may("print") && (
          <Submit name="deed" value="print">
            {t("print")}
          </Submit>
        )}
        {may("csv") && (
          <Panel label={t("export")}>
            <div className="flex gap-2 p-4">
              <Submit name="deed" value="csv">
                {t("csv")}
              </Submit>
              <Submit name="deed" value="xlsx">
                {t("xlsx")}
              </Submit>
            </div>
          </Panel>
        )}
        {may("assign") && (
          <Panel label={t("assign")}>
            <div className="flex flex-wrap items-end gap-2 p-4">
              <SelectField
                name="to"
                label={t("to")}
                choices={[
                  ...packers.map(({ id, name }) => ({ value: String(id), label: name })),
                  { value: "nobody", label: t("nobody") },
                ]}
              />
              <Submit name="deed" value="assign">
                {t("assign")}
              </Submit>
            </div>
          </Panel>
        )}
        {may("note") && (
          <Panel label={t("note")}>
            <div className="grid gap-2 p-4 min-[720px]:w-[24rem]">
              <TextArea name="text" label={t("text")} hint={t("textHint")} />
              <Submit name="deed" value="note">
                {t("addNote")}
              </Submit>
            </div>
          </Panel>
        )}
      </div>
    </section>
  );
}
