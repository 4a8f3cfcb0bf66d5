import { useTranslations } from "next-intl";

/**
 * Time that is left, written out: the two largest units, seconds only below an hour. On the server and, where
 * `shop.left` was handed over, in the browser.
 */
export function useTimeLeft(): (leftMs: number) => string {
  const t = useTranslations("shop.left");
  return (leftMs) => {
    const all = Math.max(0, Math.ceil(leftMs / 1000));
    const [days, hours] = [Math.floor(all / 86_400), Math.floor(all / 3600) % 24];
    const [minutes, seconds] = [Math.floor(all / 60) % 60, all % 60];
    if (days > 0) return t("days", { days, hours });
    if (hours > 0) return t("hours", { hours, minutes });
    if (minutes > 0) return t("minutes", { minutes, seconds, padded: String(seconds).padStart(2, "0") });
    return t("seconds", { seconds });
  };
}
