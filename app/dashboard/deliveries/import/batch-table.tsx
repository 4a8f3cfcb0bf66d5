import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ShownBatch } from "@/lib/batches/find-batch";
import type { DeskClock } from "../../desk-settings";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { ShortMoment } from "../../parts/times";
import { BatchStatusMark } from "../batch-status";

export function BatchTable({ batches, clock }: { batches: ShownBatch[]; clock: DeskClock }) {
  const t = useTranslations("desk.batches");
  const columns = [
    { label: t("columns.batch") },
    { label: t("columns.status") },
    { label: t("columns.rows") },
    { label: t("columns.by") },
    { label: t("columns.at") },
  ];
  return (
    <Ledger label={t("recent")} columns={columns}>
      {batches.map((batch) => (
        <Row key={batch.id}>
          <Cell>
            <Link href={`/dashboard/deliveries/batches/${batch.id}`} prefetch={false}>
              {t("title", { id: batch.id })}
            </Link>
            <div className="break-words text-s text-soft">{batch.fileName ?? t("source.selection")}</div>
          </Cell>
          <Cell label={t("columns.status")}>
            <BatchStatusMark status={batch.status} />
          </Cell>
          <Cell label={t("columns.rows")}>{t("counted", batch.counts)}</Cell>
          <Cell label={t("columns.by")}>{batch.by}</Cell>
          <Cell label={t("columns.at")}>
            <ShortMoment at={batch.createdAt} {...clock} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
