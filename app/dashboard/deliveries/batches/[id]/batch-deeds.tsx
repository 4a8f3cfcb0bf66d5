import { useTranslations } from "next-intl";
import type { ShownBatch } from "@/lib/batches/find-batch";
import { ActionForm } from "../../../parts/action-panel";
import { Countdown } from "../../../parts/countdown";
import { Submit } from "../../../parts/form-fields";

/** What the batch comes to, in one sentence, and the one thing that can be done with it now. */
export function BatchDeeds({ batch, now }: { batch: ShownBatch; now: Date }) {
  const t = useTranslations("desk.batches");
  const { status, counts, undoUntil } = batch;
  const batchId = String(batch.id);
  const undoMs = status === "applied" && undoUntil ? undoUntil.getTime() - now.getTime() : 0;
  const isInterrupted = status === "undone" ? counts.shipped > 0 : counts.ready > 0;
  return (
    <div className="sheet grid gap-3 px-4 py-3">
      <p>{t(`sum.${status}`, counts)}</p>
      {status === "draft" && counts.ready > 0 && (
        <ActionForm form="apply" fields={{ batchId }}>
          <Submit primary>{t("apply", { orders: counts.orders })}</Submit>
          <p className="text-s text-soft">{t("applyHint")}</p>
        </ActionForm>
      )}
      {status !== "draft" && isInterrupted && (
        <>
          <p className="text-warn">{t(status === "undone" ? "undoInterrupted" : "interrupted")}</p>
          <ActionForm form={status === "undone" ? "undo" : "apply"} fields={{ batchId }}>
            <Submit primary>{t("goOn")}</Submit>
          </ActionForm>
        </>
      )}
      {undoMs > 0 && counts.shipped > 0 && (
        <ActionForm form="undo" fields={{ batchId }} className="flex flex-wrap items-center gap-3">
          <Submit>{t("undo")}</Submit>
          <p className="text-s text-soft">
            {t("undoHint")} <Countdown leftMs={undoMs} words={t("seconds")} />
          </p>
        </ActionForm>
      )}
    </div>
  );
}
