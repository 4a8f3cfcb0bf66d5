import { useTranslations } from "next-intl";
import type { ShownReport } from "@/lib/deliveries/read-reports";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextArea } from "../../parts/form-fields";

type Props = { reports: ShownReport[]; orderNo: string };

/** Each report that a person can send, again or after all. */
export function SendReportForms({ reports, orderNo }: Props) {
  const t = useTranslations("desk.order.reports");
  return reports
    .filter(({ canSend }) => canSend)
    .map((report) => (
      <ActionForm key={report.id} form={`sendAgain:${report.receiptId}`} fields={{ orderNo }}>
        <OtherMoney report={report} />
        <p className="max-w-[46em] text-s text-soft">{t("sendHint")}</p>
        <Submit primary>{t(report.status === "waived" ? "sendNow" : "sendAgain")}</Submit>
      </ActionForm>
    ));
}

/** Each report that WeChat refused, to be told elsewhere or not at all. */
export function GiveUpForms({ reports, orderNo }: Props) {
  const t = useTranslations("desk.order.reports.giveUp");
  return reports
    .filter(({ status }) => status === "refused")
    .map((report) => (
      <ActionForm key={report.id} form={`giveUp:${report.receiptId}`} fields={{ orderNo }}>
        <OtherMoney report={report} />
        <TextArea name="note" label={t("note")} hint={t("hint")} required />
        <Submit>{t("submit")}</Submit>
      </ActionForm>
    ));
}

function OtherMoney({ report }: { report: ShownReport }) {
  const t = useTranslations("desk.order.reports");
  if (report.verdict === "settling") return null;
  return (
    <p className="text-s">
      {t("otherMoney")} <span className="zg-code">{report.transactionId}</span>
    </p>
  );
}
