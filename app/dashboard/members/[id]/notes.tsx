import { useTranslations } from "next-intl";
import type { ListedNote } from "@/lib/notes/list-notes";
import { noteLength } from "@/lib/notes/note-subject";
import type { DeskClock } from "../../desk-settings";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextArea } from "../../parts/form-fields";
import { ShortMoment } from "../../parts/times";

type Props = { notes: ListedNote[]; memberId: number; mayWrite: boolean; clock: DeskClock };

export function Notes({ notes, memberId, mayWrite, clock }: Props) {
  const t = useTranslations("members.one.notes");
  return (
    <div className="grid gap-3 px-4 py-3">
      {notes.length === 0 && <p className="text-soft">{t("none")}</p>}
      {notes.length > 0 && (
        <ul className="grid gap-2">
          {notes.map((note) => (
            <li key={note.id}>
              <p className="whitespace-pre-line">{note.text}</p>
              <p className="text-s text-soft">
                {note.by} · <ShortMoment at={note.at} {...clock} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <ActionForm key={notes.length} form="note" fields={{ memberId: String(memberId) }}>
          <TextArea name="text" label={t("text")} hint={t("hint")} maxLength={noteLength} required />
          <Submit>{t("submit")}</Submit>
        </ActionForm>
      )}
    </div>
  );
}
