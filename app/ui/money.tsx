import { useLocale } from "next-intl";
import { formatFen } from "./format-fen";

/** An amount in tabular figures, so that amounts under each other can be compared. */
export function Money({ fen, className }: { fen: number; className?: string }) {
  const locale = useLocale();
  return <span className={className ? `zg-number ${className}` : "zg-number"}>{formatFen(fen, locale)}</span>;
}
