import { useTranslations } from "next-intl";
import { shopAlarmKinds, wechatAlarmKinds } from "@/lib/alarms/kinds";

export const sources = ["wechat", "shop"] as const;

type Props = {
  state: string;
  kind: string | null;
  source: (typeof sources)[number] | null;
  /** `me`, `nobody` or one of the staff by id. */
  person: string | null;
  people: { id: number; name: string }[];
};

/** A plain GET form: the filter is part of the address. */
export function AlarmFilters({ state, kind, source, person, people }: Props) {
  const t = useTranslations("alarms");
  const kinds = [...wechatAlarmKinds, ...shopAlarmKinds];
  const other = kind !== null && !kinds.some((known) => known === kind) ? kind : null;
  return (
    <form action="/dashboard/alarms" className="mt-3 flex flex-wrap gap-2">
      <input type="hidden" name="state" value={state} />
      <label className="grid gap-0.5 text-s text-soft">
        {t("filters.kind")}
        <select
          name="kind"
          key={kind}
          defaultValue={kind ?? ""}
          className="field max-w-[16em] text-ink text-m"
        >
          <option value="">{t("filters.all")}</option>
          {kinds.map((value) => (
            <option key={value} value={value}>
              {t(`kinds.${value}.title`)}
            </option>
          ))}
          {other && <option value={other}>{t("kinds.wechat.title", { type: other })}</option>}
        </select>
      </label>
      <label className="grid gap-0.5 text-s text-soft">
        {t("filters.source")}
        <select name="source" key={source} defaultValue={source ?? ""} className="field text-ink text-m">
          <option value="">{t("filters.all")}</option>
          {sources.map((value) => (
            <option key={value} value={value}>
              {t(`filters.sources.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-0.5 text-s text-soft">
        {t("filters.person")}
        <select name="person" key={person} defaultValue={person ?? ""} className="field text-ink text-m">
          <option value="">{t("filters.all")}</option>
          <option value="me">{t("filters.me")}</option>
          <option value="nobody">{t("filters.nobody")}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button self-end">
        {t("filters.apply")}
      </button>
    </form>
  );
}
