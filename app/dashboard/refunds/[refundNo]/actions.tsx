import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Off, RefundAction } from "@/lib/refunds/available-actions";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import type { Settings } from "@/lib/settings/definitions";
import type { Staff } from "@/lib/staff/find-staff";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextArea } from "../../parts/form-fields";
import { ApproveForm } from "./approve-form";
import { PayoutForm } from "./payout-form";
import { AskReturnForm, ReceiveForm, RefuseForm } from "./return-forms";
import { TryAgainForm } from "./try-again-form";
import { WhyNot } from "./why-not";

type Props = {
  found: FoundRefund;
  offs: Record<RefundAction, Off | null>;
  viewer: Staff;
  settings: Settings;
  clock: { timeZone: string; now: Date };
};

/** Every action that this refund allows this person, each a form of its own; and why the others are not there. */
export function Actions({ found, offs, viewer, settings, clock }: Props) {
  const t = useTranslations("desk.refund.actions");
  const { refund } = found;
  const fields = { refundNo: refund.outRefundNo };
  const forms: Record<RefundAction, () => ReactNode> = {
    approve: () => <ApproveForm found={found} viewer={viewer} undoSeconds={settings.refundUndoSeconds} />,
    askReturn: () => <AskReturnForm refund={refund} />,
    reject: () => (
      <ActionForm form="reject" fields={fields}>
        <TextArea name="note" label={t("rejectNote")} hint={t("buyerReads")} required />
        <Submit>{t("reject")}</Submit>
      </ActionForm>
    ),
    undo: () => (
      <ActionForm form="undo" fields={fields}>
        <Submit primary>{t("undo")}</Submit>
      </ActionForm>
    ),
    receiveReturn: () => <ReceiveForm refundNo={refund.outRefundNo} />,
    refuseReturn: () => <RefuseForm refundNo={refund.outRefundNo} />,
    recordPayout: () => <PayoutForm refundNo={refund.outRefundNo} clock={clock} />,
    tryAgain: () => <TryAgainForm refund={refund} />,
    askWechat: () => (
      <ActionForm form="askWechat" fields={fields}>
        <p className="text-s text-soft">{t("askWechatHint")}</p>
        <Submit>{t("askWechat")}</Submit>
      </ActionForm>
    ),
    giveUp: () => (
      <ActionForm form="giveUp" fields={fields}>
        <TextArea name="note" label={t("giveUpNote")} hint={t("giveUpHint")} required />
        <Submit>{t("giveUp")}</Submit>
      </ActionForm>
    ),
  };
  const actions = Object.keys(forms) as RefundAction[];
  const open = actions.filter((action) => offs[action] === null);
  return (
    <>
      {open.map((action, n) => (
        <details key={action} open={n === 0} className="mt-3 rounded-md border border-line">
          <summary className="cursor-pointer px-3 py-2 font-semibold">{t(action)}</summary>
          <div className="px-3 pt-1 pb-3">{forms[action]()}</div>
        </details>
      ))}
      <WhyNot offs={offs} />
    </>
  );
}
