import { useTranslations } from "next-intl";
import { Submit, TextArea } from "../parts/form-fields";
import { StepUpFields } from "../parts/step-up-fields";

/** One verdict for all that are ticked; each gets its own answer. */
export function Batch() {
  const t = useTranslations("desk.refunds.batch");
  return (
    <div className="sheet grid gap-3 px-4 py-3">
      {/* Enter in a tick box presses the form's first button: one without a verdict, so that no key approves. */}
      <button type="submit" name="verdict" value="" hidden />
      <h2>{t("title")}</h2>
      <TextArea name="note" label={t("note")} hint={t("noteHint")} />
      <StepUpFields optional />
      <p className="flex flex-wrap gap-2">
        <Submit primary name="verdict" value="approve">
          {t("approve")}
        </Submit>
        <Submit name="verdict" value="reject">
          {t("reject")}
        </Submit>
      </p>
    </div>
  );
}
