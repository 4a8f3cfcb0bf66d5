import { useTranslations } from "next-intl";
import { productKinds } from "@/lib/db/schema/catalog";
import type { Packer } from "@/lib/staff/list-packers";
import { type BoardQuery, boardPath } from "./read-query";

type Props = { query: BoardQuery; packers: Packer[]; mayShip: boolean };

/** A plain GET form: the filter is part of the address. */
export function BoardFilters({ query, packers, mayShip }: Props) {
  const t = useTranslations("desk.board");
  const kind = query.kind ?? "";
  const person = String(query.person ?? "");
  const isUnlisted = typeof query.person === "number" && !packers.some(({ id }) => id === query.person);
  return (
    <form action={boardPath} className="flex flex-wrap gap-2">
      {query.state && <input type="hidden" name="state" value={query.state} />}
      <label className="grid gap-0.5 text-s text-soft">
        {t("kind")}
        <select name="kind" key={kind} defaultValue={kind} className="field text-ink text-m">
          <option value="">{t("all")}</option>
          {productKinds.map((value) => (
            <option key={value} value={value}>
              {t(`kinds.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-0.5 text-s text-soft">
        {t("person")}
        <select name="person" key={person} defaultValue={person} className="field text-ink text-m">
          <option value="">{t("all")}</option>
          {(mayShip || person === "mine") && <option value="mine">{t("mine")}</option>}
          <option value="nobody">{t("nobody")}</option>
          {packers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {isUnlisted && <option value={person}>{t("someone", { id: person })}</option>}
        </select>
      </label>
      <button type="submit" className="button self-end">
        {t("apply")}
      </button>
    </form>
  );
}
