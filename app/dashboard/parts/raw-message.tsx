import { useTranslations } from "next-intl";

type Props = { headers: Record<string, string>; raw: { text: string; truncated: boolean } };

/** A message as received, signatures and openids masked. */
export function RawMessage({ headers, raw }: Props) {
  const t = useTranslations("desk.raw");
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this is one text that scrolls.
    <div
      role="group"
      aria-label={t("label")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable with the keyboard.
      tabIndex={0}
      className="zg-code mt-1 max-h-[36rem] overflow-auto rounded-md border border-line bg-sunk p-3"
    >
      <pre className="whitespace-pre-wrap break-all text-s [font:inherit]">
        {lines.join("\n")}
        {"\n\n"}
        {readable(raw.text)}
      </pre>
      {raw.truncated && <p className="mt-2 text-soft text-s">{t("truncated")}</p>}
    </div>
  );
}

/** One field a line, so that a person can read it; the stored bytes are untouched. */
function readable(text: string): string {
  return text.includes("\n") ? text : text.replace(/(<xml>|<\/[\w.$-]+>)(?=<)/g, "$1\n");
}
