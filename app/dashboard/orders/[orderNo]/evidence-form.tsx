import { useTranslations } from "next-intl";

/** Whether the viewer may have the recipient in full, if there is one. */
type Props = { orderNo: string; recipient: "masked" | "hidden" | "none" };

/** A plain download: the browser keeps the page, and shows what it was refused for where it was. */
export function EvidenceForm({ orderNo, recipient }: Props) {
  const t = useTranslations("order.evidence.form");
  return (
    <form action={`/api/export/evidence/${orderNo}`} method="get" className="grid gap-3">
      <p className="max-w-[46em] text-s text-soft">{t("what")}</p>
      {recipient === "masked" && (
        <label className="flex min-h-8 items-baseline gap-2">
          <input type="checkbox" name="reveal" value="1" />
          <span>{t("reveal")}</span>
        </label>
      )}
      {recipient === "hidden" && <p className="text-s text-soft">{t("mayNotReveal")}</p>}
      <button type="submit" className="button primary w-fit">
        {t("submit")}
      </button>
    </form>
  );
}
