/** What became of a form: shown where its page's actions are, with what was typed when it has to be sent again. */
export type Outcome = {
  /** The form that was sent. */
  form: string;
  isDone: boolean;
  text: string;
  /** Several at once: each with its own. */
  items?: { key: string; isDone: boolean; text: string }[];
  /** What is told this once and never again: links, codes. The label also says what to do with them. */
  once?: { label: string; texts: string[]; words: { copy: string; copied: string } };
  /** Where to go on from here. */
  next?: { href: string; label: string };
  typed: Record<string, string>;
} | null;

const mostTyped = 1000;

/** Fields whose name begins so are passwords and codes: they are read once, and no answer holds them. */
export const secretField = "secret.";

/** The form's own texts, so that nobody types them twice. */
export function typedIn(form: FormData): Record<string, string> {
  const texts = [...form].filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === "string" && !entry[0].startsWith("$") && !entry[0].startsWith(secretField),
  );
  return Object.fromEntries(texts.map(([name, text]) => [name, text.slice(0, mostTyped)]));
}

/** The name under which `typed` remembers that one of several boxes was ticked. */
export function tickOf(value: string): string {
  return `tick:${value}`;
}

export function ticksOf(values: string[]): Record<string, string> {
  return Object.fromEntries(values.map((value) => [tickOf(value), "yes"]));
}

/** One field as text, trimmed; empty when it is missing or a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim().slice(0, mostTyped) : "";
}

/** A password as it was typed: spaces are part of it. */
export function secretOf(form: FormData, name: string): string {
  const value = form.get(`${secretField}${name}`);
  return typeof value === "string" ? value.slice(0, mostTyped) : "";
}
