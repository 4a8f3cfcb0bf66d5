import { useTranslations } from "next-intl";
import { actionKey } from "@/lib/audit/action-key";
import { type ActionGroup, type AuditFilter, actionGroups, groupOf } from "@/lib/audit/audit-filter";
import { auditActions } from "@/lib/audit/write-entry";

type Props = { filter: AuditFilter; people: { id: number; name: string }[] };

/** A plain GET form: the filter is part of the address. */
export function AuditFilters({ filter, people }: Props) {
  const t = useTranslations("audit.filters");
  const label = "grid gap-0.5 text-s text-soft";
  const field = "field text-ink text-m";
  const person = String(filter.person ?? "");
  return (
    <form action="/dashboard/audit" className="flex flex-wrap gap-2">
      <label className={label}>
        {t("person")}
        <select name="person" key={person} defaultValue={person} className={field}>
          <option value="">{t("everybody")}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="none">{t("commandLine")}</option>
        </select>
      </label>
      <label className={label}>
        {t("action")}
        <select
          name="action"
          key={filter.action}
          defaultValue={filter.action ?? ""}
          className={`${field} max-w-[14em]`}
        >
          <option value="">{t("everything")}</option>
          {actionGroups.map((group) => (
            <Actions key={group} group={group} />
          ))}
        </select>
      </label>
      <label className={label}>
        {t("about")}
        <input
          name="about"
          key={filter.about}
          defaultValue={filter.about ?? ""}
          className={`${field} w-56`}
        />
      </label>
      <label className={label}>
        {t("from")}
        <input type="date" name="from" key={filter.from} defaultValue={filter.from ?? ""} className={field} />
      </label>
      <label className={label}>
        {t("to")}
        <input type="date" name="to" key={filter.to} defaultValue={filter.to ?? ""} className={field} />
      </label>
      <button type="submit" className="button self-end">
        {t("apply")}
      </button>
    </form>
  );
}

/** All that is done to one kind of thing, or one of these deeds. */
function Actions({ group }: { group: ActionGroup }) {
  const t = useTranslations("audit");
  const words = useTranslations("desk.audit");
  const actions = auditActions.filter((action) => groupOf(action) === group);
  return (
    <optgroup label={t(`groups.${group}`)}>
      {actions.length > 1 && (
        <option value={group}>{t("filters.allOf", { group: t(`groups.${group}`) })}</option>
      )}
      {actions.map((action) => (
        <option key={action} value={action}>
          {words(actionKey(action))}
        </option>
      ))}
    </optgroup>
  );
}
