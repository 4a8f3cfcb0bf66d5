import Link from "next/link";
import { useTranslations } from "next-intl";
import { notificationKinds, notificationVerdicts } from "@/lib/db/schema/notifications";
import { type NotificationQuery, notificationSpans } from "@/lib/notifications/notification-query";
import { FilterDay, FilterSearch, FilterSelect } from "../parts/filter-fields";

export const notificationsPath = "/dashboard/notifications";

export function NotificationFilters({ query }: { query: NotificationQuery }) {
  const t = useTranslations("desk");
  const all = t("notifications.all");
  const { verdict, kind, within, from, to, q } = query;
  const isFiltered = Object.values(query).some((value) => value !== null);
  return (
    <form action={notificationsPath} className="grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap">
      <FilterSelect
        name="verdict"
        label={t("notifications.verdict")}
        value={verdict}
        all={all}
        choices={[
          { value: "trouble", label: t("notifications.trouble") },
          ...notificationVerdicts.map((value) => ({ value, label: t(`verdict.${value}`) })),
        ]}
      />
      <FilterSelect
        name="kind"
        label={t("notifications.kind")}
        value={kind}
        all={all}
        choices={notificationKinds.map((value) => ({ value, label: t(`notificationKind.${value}`) }))}
      />
      <FilterDay name="from" label={t("notifications.from")} value={from} />
      <FilterDay name="to" label={t("notifications.to")} value={to} />
      <FilterSelect
        name="within"
        label={t("notifications.within")}
        value={within}
        all={t("notifications.anyTime")}
        choices={notificationSpans.map((value) => ({ value, label: t(`notifications.spans.${value}`) }))}
      />
      <FilterSearch label={t("notifications.search")} hint={t("notifications.searchHint")} value={q} />
      <button type="submit" className="button">
        {t("notifications.apply")}
      </button>
      {isFiltered && (
        <Link className="button quiet" href={notificationsPath} prefetch={false}>
          {t("notifications.showAll")}
        </Link>
      )}
    </form>
  );
}
