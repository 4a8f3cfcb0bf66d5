import { getTranslations } from "next-intl/server";
import { type AuditAction, auditActions } from "@/lib/audit/write-entry";
import { shop } from "@/lib/shop";
import { readAccountHistory } from "@/lib/staff/read-account-history";
import { Empty } from "../../parts/heading";
import { ShortMoment } from "../../parts/times";

type KeyOf<T extends string> = T extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never;

/** The last of what was done to an account, by whom and when. */
export async function History({
  staffId,
  clock,
}: {
  staffId: number;
  clock: { timeZone: string; now: Date };
}) {
  const events = await readAccountHistory(shop(), staffId);
  const t = await getTranslations("staff.person");
  const words = await getTranslations("desk.audit");
  const textOf = (action: string) => {
    const known = auditActions.find((one) => one === action);
    return known ? words(`${known.replace(".", "_") as KeyOf<AuditAction>}`) : action;
  };
  if (events.length === 0) return <Empty title={t("noHistory")} />;
  return (
    <ul className="grid gap-2 px-4 py-3 text-s">
      {events.map((event) => (
        <li key={event.id} className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span>
            {textOf(event.action)}
            <span className="text-soft"> · {event.by ?? t("bySystem")}</span>
          </span>
          <span className="text-soft">
            <ShortMoment at={event.at} {...clock} />
          </span>
        </li>
      ))}
    </ul>
  );
}
