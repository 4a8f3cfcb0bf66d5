import { useLocale, useTranslations } from "next-intl";
import { CarrierName } from "@/app/ui/carrier-name";
import { Money } from "@/app/ui/money";
import { alarmStatuses } from "@/lib/alarms/state";
import type { ListedEntry } from "@/lib/audit/list-entries";
import { staffRoles } from "@/lib/db/schema/staff";
import { findList } from "@/lib/exports/lists";
import { refundReasons } from "@/lib/refunds/reasons";
import { refundStatuses } from "@/lib/refunds/state";
import { isSettingKey } from "@/lib/settings/definitions";
import type { DeskClock } from "../desk-settings";
import { ShortMoment } from "../parts/times";
import { shown as settingText } from "../settings/setting-text";

type Props = {
  name: string;
  value: unknown;
  entry: Pick<ListedEntry, "subject" | "subjectId">;
  /** Names of the staff by id. */
  people: ReadonlyMap<number, string>;
  clock: DeskClock;
};

/** One fact of an entry as people say it; what has no words of its own stays as it was kept. */
export function FactValue({ name, value, entry, people, clock }: Props) {
  const t = useTranslations("audit");
  const words = useWords(name, entry.subject);
  const locale = useLocale();
  if (value === null || value === undefined || value === "") return <>{t("nothing")}</>;
  if (typeof value === "boolean") return <>{t(value ? "yes" : "no")}</>;
  if (entry.subject === "setting" && isSettingKey(entry.subjectId))
    return <>{settingText(entry.subjectId, value as string | number, locale) ?? t("off")}</>;
  if (typeof value === "number") {
    if (name.endsWith("Fen")) return <Money fen={value} />;
    if (isPerson(name)) return <>{people.get(value) ?? `#${value}`}</>;
    return <span className="zg-number">{value.toLocaleString(locale)}</span>;
  }
  const text = String(value);
  if (name === "hash") return <span className="zg-code break-all">{text}</span>;
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return <ShortMoment at={new Date(text)} {...clock} />;
  if (name === "carrier") return <CarrierName code={text} />;
  return <span className="whitespace-pre-line">{words(text)}</span>;
}

function isPerson(name: string): boolean {
  return name === "assignedTo" || name === "staffId";
}

const breaks = ["removed", "inserted", "reordered", "changed", "unsealed"] as const;
const entrances = ["link", "password"] as const;

/** The desk's own words for the codes that some facts hold. */
function useWords(name: string, subject: string): (text: string) => string {
  const desk = useTranslations("desk");
  const common = useTranslations("common.refundReason");
  const exported = useTranslations("exports.lists");
  const audit = useTranslations("audit");
  return (text) => {
    const role = name === "role" && staffRoles.find((known) => known === text);
    if (role) return desk(`roles.${role}`);
    const status =
      subject === "refund" && name === "status" && refundStatuses.find((known) => known === text);
    if (status) return desk(`refundStatus.${status}`);
    const alarm = subject === "alarm" && name === "status" && alarmStatuses.find((known) => known === text);
    if (alarm) return desk(`alarmStatus.${alarm}`);
    const reason = subject === "refund" && name === "reason" && refundReasons.find((known) => known === text);
    if (reason) return common(reason);
    const broken = name === "broken" && breaks.find((known) => known === text);
    if (broken) return audit(`breaks.${broken}`);
    const entrance = name === "entrance" && entrances.find((known) => known === text);
    if (entrance) return audit(`entrances.${entrance}`);
    if (name === "by" && text === "command line") return audit("commandLine");
    const list = name === "list" ? findList(text) : null;
    return list ? exported(list) : text;
  };
}
