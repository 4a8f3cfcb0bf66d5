import { useTranslations } from "next-intl";
import { actionKey } from "@/lib/audit/action-key";
import type { ListedEntry } from "@/lib/audit/list-entries";
import { auditActions } from "@/lib/audit/write-entry";
import type { DeskClock } from "../desk-settings";
import { Cell, Ledger, Row } from "../parts/ledger";
import { Mark } from "../parts/mark";
import { ShortMoment } from "../parts/times";
import { EntryChange } from "./entry-change";
import { EntrySubject } from "./entry-subject";

type Props = { entries: ListedEntry[]; people: ReadonlyMap<number, string>; clock: DeskClock };

export function AuditTable({ entries, people, clock }: Props) {
  const t = useTranslations("audit");
  const columns = [
    { label: t("columns.what") },
    { label: t("columns.about") },
    { label: t("columns.change") },
    { label: t("columns.who") },
    { label: t("columns.when") },
    { label: t("columns.seal"), end: true as const },
  ];
  return (
    <Ledger label={t("label")} columns={columns}>
      {entries.map((entry) => (
        <Row key={entry.id}>
          <Cell>
            <Action action={entry.action} />
          </Cell>
          <Cell label={t("columns.about")}>
            <EntrySubject entry={entry} />
          </Cell>
          <Cell label={t("columns.change")}>
            <EntryChange entry={entry} people={people} clock={clock} />
          </Cell>
          <Cell label={t("columns.who")}>
            {entry.person ?? t("commandLine")}
            {entry.address && <div className="zg-code text-s text-soft">{entry.address}</div>}
          </Cell>
          <Cell label={t("columns.when")}>
            <ShortMoment at={entry.at} {...clock} />
          </Cell>
          <Cell label={t("columns.seal")} className="end">
            <span className="zg-number text-s text-soft">{entry.sealNo ?? t("unsealed")}</span>
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

/** What was tried against the rights stands out: nothing was done. */
function Action({ action }: { action: string }) {
  const t = useTranslations("desk.audit");
  const known = auditActions.find((one) => one === action);
  const words = known ? t(actionKey(known)) : action;
  if (known !== "staff.refused") return <span className="font-semibold">{words}</span>;
  return (
    <Mark shape="wedge" tone="danger">
      <span className="font-semibold whitespace-normal">{words}</span>
    </Mark>
  );
}
