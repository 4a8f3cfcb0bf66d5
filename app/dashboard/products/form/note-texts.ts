import { getTranslations } from "next-intl/server";
import { listCategoriesForDesk } from "@/lib/categories/list-categories-for-desk";
import { shop } from "@/lib/shop";
import type { Note } from "./merge-edits";

/** What somebody else changed, in words, by the form's paths. */
export async function noteTexts(notes: Record<string, Note>): Promise<Record<string, string>> {
  const t = await getTranslations("products.form.notes");
  const categories = notes.category ? await listCategoriesForDesk(shop()) : [];
  const shown = (path: string, value: string) => {
    if (path.endsWith("kind")) return t(value === "virtual" ? "virtual" : "physical");
    if (path === "category" && value)
      return categories.find(({ id }) => String(id) === value)?.title ?? t("categoryGone");
    if (path.endsWith("onSale")) return t(value === "true" ? "onSale" : "withdrawn");
    return value || t("empty");
  };
  const told = (path: string, note: Note) =>
    note.kind === "taken" || note.kind === "differs"
      ? t(note.kind, { was: shown(path, note.was), theirs: shown(path, note.theirs) })
      : t(note.kind);
  return Object.fromEntries(Object.entries(notes).map(([path, note]) => [path, told(path, note)]));
}
