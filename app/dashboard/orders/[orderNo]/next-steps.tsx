import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { StaffRole } from "@/lib/db/schema/staff";
import { type NextStep, needsHand } from "@/lib/orders/next-steps";
import { isAllowed } from "@/lib/staff/rights";
import { Mark, type Shape, type Tone } from "../../parts/mark";
import { RefundLink } from "../../parts/refund-link";

/** What comes next, in words: a wedge is trouble, a half circle somebody's work, hollow waits by itself. */
export function NextSteps({ steps, role }: { steps: NextStep[]; role: StaffRole }) {
  const t = useTranslations("order.next");
  if (!steps.some(needsHand) && steps.length === 0)
    return (
      <Mark shape="full" tone="soft">
        {t("nothing")}
      </Mark>
    );
  return (
    <ul className="grid gap-1">
      {steps.map((step) => {
        const [shape, tone] = lookOf(step);
        return (
          <li key={keyOf(step)} className={needsHand(step) ? "font-semibold" : "text-soft"}>
            <Mark shape={shape} tone={tone}>
              <span className="whitespace-normal">
                <StepText step={step} role={role} />
              </span>
            </Mark>
          </li>
        );
      })}
    </ul>
  );
}

function StepText({ step, role }: { step: NextStep; role: StaffRole }): ReactNode {
  const t = useTranslations("order.next");
  switch (step.step) {
    case "ship":
      return (
        <>
          {t("ship", { pieces: step.pieces })}
          {step.isReminded && t("reminded")}
        </>
      );
    case "replaceDelivery":
      return <a href="#deliveries">{t("replaceDelivery", { number: step.number })}</a>;
    case "decideRefund":
    case "receiveReturn":
    case "attendRefund":
      return <RefundLink refundNo={step.refundNo}>{t(step.step)}</RefundLink>;
    case "settleMoney":
    case "giveBack":
      return isAllowed(role, "money.read") ? (
        <Link href="/dashboard/money" prefetch={false}>
          {t(step.step)}
        </Link>
      ) : (
        t(step.step)
      );
    default:
      return t(step.step);
  }
}

function lookOf(step: NextStep): [Shape, Tone] {
  if (!needsHand(step)) return ["hollow", "soft"];
  const isTrouble = ["settleMoney", "giveBack", "sendReport", "replaceDelivery", "attendRefund"].includes(
    step.step,
  );
  return isTrouble ? ["wedge", "danger"] : ["half", "plain"];
}

function keyOf(step: NextStep): string {
  if ("refundNo" in step) return `${step.step} ${step.refundNo}`;
  return "number" in step ? `${step.step} ${step.number}` : step.step;
}
