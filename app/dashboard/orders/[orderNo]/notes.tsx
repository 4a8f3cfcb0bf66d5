import { useTranslations } from "next-intl";
import type { ListedNote } from "@/lib/notes/list-notes";
import { noteLength } from "@/lib/notes/note-subject";
import type { DeskClock } from "../../desk-settings";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextArea } from "../../parts/form-fields";
import { ShortMoment } from "../../parts/times";

const shownAtOnce = 3;

/** What staff wrote for each other, newest first; older ones folded. */
export function Notes({ notes, clock }: { notes: ListedNote[]; clock: DeskClock }) {
  const t = useTranslations("order.notes");
  if (notes.length === 0) return <p className="px-4 py-3 text-soft">{t("none")}</p>;
  const older = notes.slice(shownAtOnce);
  return (
    <div className="grid gap-2 px-4 py-3">
      <NoteList notes={notes.slice(0, shownAtOnce)} clock={clock} />
      {older.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer text-accent text-s">
            {t("older", { count: older.length })}
          </summary>
          <div className="mt-2">
            <NoteList notes={older} clock={clock} />
          </div>
        </details>
      )}
    </div>
  );
}

function NoteList({ notes, clock }: { notes: ListedNote[]; clock: DeskClock }) {
  return (
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
  );
}

export function NoteForm({ orderNo }: { orderNo: string }) {
  const t = useTranslations("order.notes");
  return (
    <ActionForm form="note" fields={{ orderNo }}>
      <TextArea name="text" label={t("text")} hint={t("hint")} maxLength={noteLength} required />
      <Submit primary>{t("submit")}</Submit>
    </ActionForm>
  );
}
