import { useTranslations } from "next-intl";
import type { Off, RefundAction } from "@/lib/refunds/available-actions";

/** What cannot be done now, and why: at once for what only this person may not do, folded for the rest. */
export function WhyNot({ offs }: { offs: Record<RefundAction, Off | null> }) {
  const t = useTranslations("desk.refund.whyNot");
  const action = useTranslations("desk.refund.actions");
  const all = Object.entries(offs) as [RefundAction, Off | null][];
  const ofPerson = all.filter(([, off]) => off === "role" || off === "second_person");
  const ofState = all.filter(([, off]) => off !== null && off !== "role" && off !== "second_person");
  const list = (items: [RefundAction, Off | null][]) => (
    <ul className="mt-1 grid gap-0.5">
      {items.map(
        ([name, off]) =>
          off && (
            <li key={name}>
              {action(name)}
              <span className="text-soft"> · {t(off)}</span>
            </li>
          ),
      )}
    </ul>
  );
  return (
    <div className="mt-3 text-s">
      {ofPerson.length > 0 && (
        <>
          <h3>{t("title")}</h3>
          {list(ofPerson)}
        </>
      )}
      {ofState.length > 0 && (
        <details className="mt-2">
          <summary className="w-fit cursor-pointer text-soft">{t("others")}</summary>
          {list(ofState)}
        </details>
      )}
    </div>
  );
}
