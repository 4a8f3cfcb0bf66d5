import { getLocale, getTranslations } from "next-intl/server";
import { chooseLanguage } from "./choose-language";

/** One button that names the other language, in that language. */
export async function LanguageSwitch({ className }: { className?: string }) {
  const t = await getTranslations("common.languageSwitch");
  const other = (await getLocale()) === "en" ? "zh-CN" : "en";
  return (
    <form action={chooseLanguage}>
      <input type="hidden" name="locale" value={other} />
      <button type="submit" className={className} lang={other} aria-label={t("action")}>
        {t("text")}
      </button>
    </form>
  );
}
