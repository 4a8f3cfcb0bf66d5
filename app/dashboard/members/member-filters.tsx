import { useTranslations } from "next-intl";
import { type MemberFilter, memberSorts, writeMemberFilter } from "@/lib/members/member-filter";

/** A plain GET form: the search is part of the address, and so is what the list was filtered by before. */
export function MemberSearch({ filter }: { filter: MemberFilter }) {
  const t = useTranslations("members.list");
  return (
    <search className="w-full sm:w-auto">
      <form action="/dashboard/members" className="grid gap-1">
        <Kept filter={{ ...filter, q: null }} />
        <div className="flex w-full gap-2">
          <label htmlFor="q" className="zg-visually-hidden">
            {t("search")}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            key={filter.q}
            defaultValue={filter.q ?? ""}
            maxLength={64}
            placeholder={t("search")}
            aria-describedby="q-hint"
            autoComplete="off"
            spellCheck={false}
            className="field min-w-0 flex-1 sm:w-[23rem]"
          />
          <button type="submit" className="button">
            {t("find")}
          </button>
        </div>
        <p id="q-hint" className="text-s text-soft">
          {t("searchHint")}
        </p>
      </form>
    </search>
  );
}

export function MemberFilters({ filter, tags }: { filter: MemberFilter; tags: string[] }) {
  const t = useTranslations("members.list");
  const { tag, sort } = filter;
  const isUnlisted = tag !== null && !tags.includes(tag);
  return (
    <form action="/dashboard/members" className="flex flex-wrap gap-2">
      <Kept filter={{ ...filter, tag: null, sort: "newest" }} />
      <label className="grid gap-0.5 text-s text-soft">
        {t("tag")}
        <select name="tag" key={tag} defaultValue={tag ?? ""} className="field max-w-[12em] text-ink text-m">
          <option value="">{t("anyTag")}</option>
          {isUnlisted && <option value={tag}>{tag}</option>}
          {tags.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-0.5 text-s text-soft">
        {t("sort")}
        <select name="sort" key={sort} defaultValue={sort} className="field text-ink text-m">
          {memberSorts.map((one) => (
            <option key={one} value={one}>
              {t(`sorts.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button self-end">
        {t("apply")}
      </button>
    </form>
  );
}

/** What the other form asks for, carried along. */
function Kept({ filter }: { filter: MemberFilter }) {
  return Object.entries(writeMemberFilter(filter)).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}
