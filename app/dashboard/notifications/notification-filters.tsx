import { useTranslations } from "next-intl";
import { notificationKinds, notificationVerdicts } from "@/lib/db/schema/notifications";

/** A plain GET form: the filter is part of the address. */
export function NotificationFilters({ verdict, kind }: { verdict: string | null; kind: string | null }) {
  const t = useTranslations("desk");
  return (
    <form action="/dashboard/notifications" className="flex flex-wrap gap-2">
      <label className="grid gap-0.5 text-s text-soft">
        {t("notifications.verdict")}
        <select name="verdict" key={verdict} defaultValue={verdict ?? ""} className="field text-ink text-m">
          <option value="">{t("notifications.all")}</option>
          <option value="trouble">{t("notifications.trouble")}</option>
          {notificationVerdicts.map((value) => (
            <option key={value} value={value}>
              {t(`verdict.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-0.5 text-s text-soft">
        {t("notifications.kind")}
        <select name="kind" key={kind} defaultValue={kind ?? ""} className="field text-ink text-m">
          <option value="">{t("notifications.all")}</option>
          {notificationKinds.map((value) => (
            <option key={value} value={value}>
              {t(`notificationKind.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button self-end">
        {t("notifications.apply")}
      </button>
    </form>
  );
}
