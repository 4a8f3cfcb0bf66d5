import { type Html, html } from "@/lib/sandbox/html";

/** A table that scrolls sideways on a narrow screen; `id` is its heading's. */
export function table(id: string, heads: string[], rows: Html[], moneyColumn = -1): Html {
  const cells = heads.map(
    (head, index) => html`<th scope="col"${index === moneyColumn ? html` class="money"` : null}>${head}</th>`,
  );
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table><thead><tr>${cells}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
