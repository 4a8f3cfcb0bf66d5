/** HTML that was built here, as opposed to text that still has to be escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | null | undefined | false | Html | Piece[];

/** Everything put into the template is escaped unless it is Html itself; null, undefined and false vanish. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  let text = strings[0] ?? "";
  pieces.forEach((piece, index) => {
    text += render(piece) + (strings[index + 1] ?? "");
  });
  return new Html(text);
}

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return "";
  if (piece instanceof Html) return piece.text;
  if (Array.isArray(piece)) return piece.map(render).join("");
  return String(piece).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
