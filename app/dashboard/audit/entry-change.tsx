import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ListedEntry } from "@/lib/audit/list-entries";
import type { DeskClock } from "../desk-settings";
import { factNames } from "./fact-names";
import { FactValue } from "./fact-value";

type Props = { entry: ListedEntry; people: ReadonlyMap<number, string>; clock: DeskClock };

/** What was before and what is after, fact by fact in words; what words do not reach is in the raw entry. */
export function EntryChange({ entry, people, clock }: Props) {
  const t = useTranslations("audit");
  const nameOf = useFactName();
  const [before, after] = [entry.before ?? {}, entry.after ?? {}];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const told = names.filter((name) => isPlain(before[name]) && isPlain(after[name]));
  const tell = (facts: Record<string, unknown>, name: string) => (
    <FactValue name={name} value={facts[name]} entry={entry} people={people} clock={clock} />
  );
  const { id, at, staffId, action, subject, subjectId, address, sealNo, hash } = entry;
  const raw = { id, at, staffId, action, subject, subjectId, address, before, after, sealNo, hash };
  return (
    <ul className="flex max-w-[40em] flex-wrap gap-x-4">
      {told.map((name) => (
        <li key={name}>
          <span className="text-soft">{nameOf(name)}</span>{" "}
          {name in before && before[name] !== after[name] && (
            <>
              {tell(before, name)} <span aria-hidden="true">→</span>{" "}
              <span className="zg-visually-hidden">{t("becomes")}</span>{" "}
            </>
          )}
          {tell(after, name)}
        </li>
      ))}
      <li className="has-[[open]]:basis-full">
        <details className="text-s">
          <summary className="w-fit cursor-pointer text-soft">{t("raw")}</summary>
          <pre className="zg-code mt-1 max-w-[34rem] whitespace-pre-wrap break-all rounded-md bg-sunk p-2">
            {JSON.stringify(raw, null, 1)}
          </pre>
        </details>
      </li>
    </ul>
  );
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== "object";
}

function useFactName(): (name: string) => ReactNode {
  const t = useTranslations("audit.facts");
  return (name) => {
    const known = factNames.find((fact) => fact === name);
    return known ? t(known) : <span className="zg-code">{name}</span>;
  };
}
