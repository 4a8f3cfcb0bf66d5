import { useTranslations } from "next-intl";
import { noteLength } from "@/lib/notes/note-subject";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextArea } from "../../parts/form-fields";

/** `count` of the notes there are: a form that was sent is empty again. */
export function NoteForm({ memberId, count }: { memberId: number; count: number }) {
  const t = useTranslations("members.one.notes");
  return (
    <ActionForm key={count} form="note" fields={{ memberId: String(memberId) }}>
      <TextArea name="text" label={t("text")} hint={t("hint")} maxLength={noteLength} required />
      <Submit>{t("submit")}</Submit>
    </ActionForm>
  );
}
