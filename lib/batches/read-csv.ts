import { parse } from "csv-parse/sync";
import { type Sheet, sheetLimits, tidySheet, unreadable } from "./sheet";

/**
 * UTF-8 with or without a mark, UTF-16 with one ("Unicode text" of Excel), else GB18030, as Excel in China saves CSV;
 * commas, semicolons or tabs; quotes doubled inside quotes. Throws `file_unreadable`.
 */
export function readCsv(bytes: Uint8Array): Sheet {
  const { text, delimiter } = takeHint(decode(bytes));
  return tidySheet(records(text, delimiter ?? guessDelimiter(text)));
}

function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const marked = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : null;
  for (const encoding of marked ? [marked] : ["utf-8", "gb18030"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // A text has no such characters; what is no text often decodes as GB18030 all the same.
      if (!/(?![\t\n\v\f\r])\p{Cc}|\ufffd/u.test(text)) return text;
    } catch {} // Not in this encoding.
  }
  throw unreadable("encoding");
}

/** Excel's own first line `sep=;` names the delimiter and is no row. */
function takeHint(text: string): { text: string; delimiter: string | null } {
  const hint = /^sep=([,;\t])\r?\n/i.exec(text);
  return { text: hint ? text.slice(hint[0].length) : text, delimiter: hint?.[1] ?? null };
}

/** The one that stands most often outside quotes in the first lines. */
function guessDelimiter(text: string): string {
  const counts = new Map([",", ";", "\t"].map((sign) => [sign, 0]));
  let quoted = false;
  let lines = 0;
  for (const sign of text.slice(0, 64 * 1024)) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === "\n" && ++lines === 10) break;
    else if (!quoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function records(text: string, delimiter: string): string[][] {
  let lines = 0;
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true, // A quote inside plain text is a quote.
      max_record_size: 64 * 1024, // A quote that is never closed would swallow the file.
      onRecord: (record: string[]) => {
        if (++lines > sheetLimits.lines) throw unreadable("too_many_rows"); // Before the rest is built up.
        return record;
      },
    });
  } catch (error) {
    throw error instanceof Error && error.name === "AppError" ? error : unreadable("broken");
  }
}
