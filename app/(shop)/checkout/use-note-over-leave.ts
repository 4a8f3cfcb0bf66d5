import { type RefObject, useEffect } from "react";

const kept = "zg-checkout-note";

/** Whoever goes to edit an address comes back to what was written: the note waits in this tab, once. */
export function useNoteOverLeave(form: RefObject<HTMLFormElement | null>): () => void {
  useEffect(() => {
    const note = noteIn(form.current);
    const written = sessionStorage.getItem(kept);
    sessionStorage.removeItem(kept);
    if (note && written && note.value === "") note.value = written;
  }, [form]);
  return () => sessionStorage.setItem(kept, noteIn(form.current)?.value ?? "");
}

function noteIn(form: HTMLFormElement | null) {
  return form?.querySelector<HTMLTextAreaElement>('[name="note"]');
}
