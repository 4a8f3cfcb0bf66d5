/** A field of a form as text, without what PostgreSQL cannot hold; empty when it is a file or not there. */
export function formText(form: FormData, name: string): string {
  return plain(form.get(name));
}

/** Every field of that name, in their order. */
export function formTexts(form: FormData, name: string): string[] {
  return form.getAll(name).map(plain);
}

function plain(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : "";
}
