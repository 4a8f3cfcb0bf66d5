import { useTranslations } from "next-intl";

/** CHANGE: the buyer's card is dead; only the merchant can choose, in WeChat's own portal, where the money goes. */
export function AbnormalSteps() {
  const t = useTranslations("desk.refund.abnormal");
  return (
    <div className="rounded-md bg-warn-wash p-3">
      <h3>{t("title")}</h3>
      <ol className="mt-1 grid list-decimal gap-1 pl-5">
        <li>{t("open")}</li>
        <li>{t("choose")}</li>
        <li>{t("wait")}</li>
      </ol>
    </div>
  );
}
