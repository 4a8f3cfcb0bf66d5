import { useTranslations } from "next-intl";
import type { Packer } from "@/lib/staff/list-packers";
import { SelectField, Submit } from "../parts/form-fields";

/** What can be done with all that are ticked. */
export function WithSelected({ packers }: { packers: Packer[] }) {
  const t = useTranslations("desk.board.selected");
  const choices = packers.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <div className="sheet flex flex-wrap items-end gap-x-6 gap-y-3 px-4 py-3">
      {/* Enter in a tick box presses the form's first button: one without a deed, so that no key does anything. */}
      <button type="submit" name="deed" value="" hidden />
      <h2 className="w-full">{t("title")}</h2>
      <Submit primary name="deed" value="ship">
        {t("ship")}
      </Submit>
      <div className="flex flex-wrap items-end gap-2">
        <SelectField
          name="to"
          label={t("to")}
          choices={[...choices, { value: "nobody", label: t("nobody") }]}
        />
        <Submit name="deed" value="assign">
          {t("assign")}
        </Submit>
      </div>
    </div>
  );
}
