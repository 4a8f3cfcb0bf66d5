import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { StaffRole } from "@/lib/db/schema/staff";
import type { DeliveriesOfOrder } from "@/lib/deliveries/list-deliveries-of-order";
import type { ShownClock } from "@/lib/deliveries/read-clock";
import type { ShownReport } from "@/lib/deliveries/read-reports";
import type { OrderAction, OrderOff } from "@/lib/orders/available-order-actions";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import type { RefundOfOrder } from "@/lib/refunds/list-refunds-of-order";
import type { Packer } from "@/lib/staff/list-packers";
import { isAllowed } from "@/lib/staff/rights";
import type { DeskClock } from "../../desk-settings";
import { Deed, DeedLink, Deeds } from "../../parts/deeds";
import { refundHref } from "../../parts/refund-link";
import { printHref } from "../print/print-query";
import { AskRefundForm } from "./ask-refund-form";
import { AssignForm } from "./assign-form";
import { EvidenceForm } from "./evidence-form";
import { MoveDeadlineForm } from "./move-deadline-form";
import { NoteForm } from "./notes";
import { GiveUpForms, SendReportForms } from "./report-forms";
import { ShipForm } from "./ship-form";

export type OrderOnPage = {
  order: DeskOrder;
  deliveries: DeliveriesOfOrder;
  reports: ShownReport[];
  refunds: RefundOfOrder[];
  refundableFen: number;
  ofClock: ShownClock;
  packers: Packer[];
  undoSeconds: number;
};

type Props = {
  of: OrderOnPage;
  offs: Record<OrderAction, OrderOff | null>;
  role: StaffRole;
  clock: DeskClock;
};

/** Everything that can be done about an order, and why the rest cannot: nobody has to guess what is missing. */
export function OrderActions({ of, offs, role, clock }: Props) {
  const t = useTranslations("order.actions");
  const { order, deliveries, reports, ofClock } = of;
  const { orderNo } = order;
  const isFirst = deliveries.deliveries.length === 0;
  const forms: Partial<Record<OrderAction, () => ReactNode>> = {
    ship: () => (
      <ShipForm
        orderNo={orderNo}
        kind={order.kind}
        pieces={deliveries.pieces}
        deliveriesSeen={deliveries.deliveries.length}
        undoSeconds={of.undoSeconds}
      />
    ),
    sendReport: () => <SendReportForms reports={reports} orderNo={orderNo} />,
    giveUpReport: () => <GiveUpForms reports={reports} orderNo={orderNo} />,
    askRefund: () => <AskRefundForm order={order} refundableFen={of.refundableFen} />,
    moveDeadline: () =>
      ofClock.clock?.state === "runs" && (
        <MoveDeadlineForm order={{ orderNo, deliverBy: ofClock.clock.deliverBy }} clock={clock} />
      ),
    assign: () => <AssignForm order={order} packers={of.packers} />,
    note: () => <NoteForm orderNo={orderNo} />,
    evidence: () => (
      <EvidenceForm
        orderNo={orderNo}
        recipient={order.recipient ? (isAllowed(role, "members.reveal") ? "masked" : "hidden") : "none"}
      />
    ),
  };
  const titleOf = (action: OrderAction) => {
    const word = action === "ship" && !isFirst ? "shipMore" : action;
    return t(word);
  };
  const actions = Object.keys(offs) as OrderAction[];
  const open = actions.filter((action) => offs[action] === null);
  const waiting = of.refunds.find(({ status }) => status === "requested");
  return (
    <>
      <Deeds label={t("label")}>
        {open
          .filter((action) => !isPrinted(action))
          .map((action) => {
            const form = forms[action];
            if (form)
              return (
                <Deed
                  key={action === "ship" ? `ship ${deliveries.deliveries.length}` : action}
                  id={`deed-${action}`}
                  title={titleOf(action)}
                  primary={action === "ship" || action === "sendReport"}
                >
                  {form()}
                </Deed>
              );
            return (
              waiting && (
                <DeedLink key={action} href={refundHref(waiting.outRefundNo)}>
                  {titleOf(action)}
                </DeedLink>
              )
            );
          })}
        <Deed title={t("print")}>
          <ul className="flex flex-wrap gap-x-6 gap-y-2">
            {open.filter(isPrinted).map((action) => (
              <li key={action}>
                <Link href={printHref(printed[action], [orderNo])} prefetch={false}>
                  {titleOf(action)}
                </Link>
              </li>
            ))}
          </ul>
        </Deed>
      </Deeds>
      <WhyNot offs={offs} role={role} titleOf={titleOf} />
    </>
  );
}

const printed = { printOrder: "order", printSlip: "slip", printReceipt: "receipt" } as const;
const isPrinted = (action: OrderAction): action is keyof typeof printed => Object.hasOwn(printed, action);

/** A line a reason: what it keeps from being done, and what it is. */
function WhyNot({
  offs,
  role,
  titleOf,
}: Pick<Props, "offs" | "role"> & { titleOf: (action: OrderAction) => string }) {
  const t = useTranslations("order");
  const roleOf = useTranslations("desk.roles");
  const whys = [...new Set(Object.values(offs))].filter((why) => why !== null);
  if (whys.length === 0) return null;
  const actions = Object.keys(offs) as OrderAction[];
  const namesOf = (why: OrderOff) => actions.filter((action) => offs[action] === why).map(titleOf);
  return (
    <div className="mt-3 border-line border-t pt-3 text-s">
      <h3 className="text-soft">{t("off.title")}</h3>
      <ul className="mt-1 grid gap-0.5">
        {whys.map((why) => (
          <li key={why}>
            {namesOf(why).join(t("off.and"))}
            <span className="text-soft">
              {" · "}
              {why === "role" ? t("off.role", { role: roleOf(role) }) : t(`off.${why}`)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
