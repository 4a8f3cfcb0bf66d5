import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { countedAtMost } from "@/lib/staff/count-work";
import { TimeLeft } from "../parts/times";
import type { Task } from "./read-tasks";

/** A count as it is told: beyond what is counted, as that many and more. */
export function useCounted(): (count: number) => string {
  const t = useTranslations("home");
  const locale = useLocale();
  return (count) =>
    count < countedAtMost ? count.toLocaleString(locale) : t("many", { count: countedAtMost - 1 });
}

/** What to do about it, with the deadline or the sum that there is. */
export function TaskHint({ task, now }: { task: Task; now: Date }) {
  const t = useTranslations("home.tasks");
  const locale = useLocale();
  const { name } = task;
  if (name === "toShip")
    return task.nextDeadline ? (
      <>
        {t("toShip.next")} <TimeLeft until={task.nextDeadline} now={now} />
      </>
    ) : (
      t("toShip.allLate")
    );
  if (name === "owed" && task.fen !== null)
    return t("owed.sum", { amount: formatFen(task.fen ?? 0, locale) });
  return t(`${name}.hint`);
}
