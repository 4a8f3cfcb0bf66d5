import { useTranslations } from "next-intl";
import type { StaffRole } from "@/lib/db/schema/staff";
import type { OrderAction, OrderOff } from "@/lib/orders/available-order-actions";
import type { NextStep } from "@/lib/orders/next-steps";
import type { DeskClock } from "../../desk-settings";
import { Section } from "../../parts/heading";
import { RunningClock } from "../../parts/order-clock";
import { TimeLeft } from "../../parts/times";
import { NextSteps } from "./next-steps";
import { OrderActions, type OrderOnPage } from "./order-actions";

type Props = {
  of: OrderOnPage;
  steps: NextStep[];
  offs: Record<OrderAction, OrderOff | null>;
  role: StaffRole;
  clock: DeskClock;
};

/** The top of the page: what to do, by when, and the buttons for it. */
export function NextSection({ of, steps, offs, role, clock }: Props) {
  const t = useTranslations("order.next");
  const { order, ofClock } = of;
  return (
    <Section id="next" title={t("title")}>
      <div className="px-4 py-3">
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <NextSteps steps={steps} role={role} />
          {ofClock.clock?.state === "runs" && <RunningClock order={ofClock.clock} clock={clock} />}
          {order.status === "pending" && <TimeLeft until={order.expiresAt} now={clock.now} />}
        </div>
        <OrderActions of={of} offs={offs} role={role} clock={clock} />
      </div>
    </Section>
  );
}
