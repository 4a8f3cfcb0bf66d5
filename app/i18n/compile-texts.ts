import compile from "icu-minify/compile";

/**
 * A catalogue with its texts read once, when the process starts, instead of at every use: the browser needs no parser for
 * them then (see `next.config.ts`). What formats them takes both forms for a text, so its type stays the catalogue's.
 */
export function compileTexts<Texts extends object>(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === "string" ? plain(compile(text)) : compileTexts(text),
    ]),
  ) as Texts;
}

/** The choices of a plural have no prototype: such an object cannot be handed to the browser. */
function plain<Compiled>(text: Compiled): Compiled {
  return JSON.parse(JSON.stringify(text));
}
