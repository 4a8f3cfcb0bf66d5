import { useTranslations } from "next-intl";
import { Moment } from "@/app/ui/moment";
import { Money } from "@/app/ui/money";
import type { PrintedOrder } from "@/lib/orders/read-orders-to-print";
import { Paper, PaperFacts, PaperTable } from "./paper";
import type { PrintForm } from "./print-query";
import { PrintedRecipient } from "./recipients";

export type PaperProps = { order: PrintedOrder; shopName: string; timeZone: string };

/** Everything that the shop agreed with the buyer. */
export function OrderPaper({ order, shopName, timeZone }: PaperProps) {
  const t = useTranslations("order.print");
  const status = useTranslations("common.orderStatus");
  return (
    <Paper title={t("titles.order")} {...{ shopName, order }} words={{ code: t("code") }}>
      <PaperFacts
        facts={[
          [t("status"), status(order.status)],
          [t("created"), <Moment key="created" at={order.createdAt} timeZone={timeZone} />],
          [
            t("paidAt"),
            order.paidAt ? <Moment key="paid" at={order.paidAt} timeZone={timeZone} /> : t("unpaid"),
          ],
          [
            t("deliverBy"),
            order.deliverBy ? <Moment key="by" at={order.deliverBy} timeZone={timeZone} /> : "—",
          ],
        ]}
      />
      <Recipient order={order} />
      <PricedLines order={order} />
      <Sums order={order} />
    </Paper>
  );
}

/** What goes into the parcel: no prices, the gift may be somebody else's. */
export function SlipPaper({ order, shopName, timeZone }: PaperProps) {
  const t = useTranslations("order.print");
  const columns = [
    { label: t("item") },
    { label: t("sku") },
    { label: t("ordered"), end: true as const },
    { label: t("toShip"), end: true as const },
    { label: t("packed"), end: true as const },
  ];
  return (
    <Paper title={t("titles.slip")} {...{ shopName, order }} words={{ code: t("code") }}>
      <Recipient order={order} />
      <PaperTable
        label={t("goods")}
        columns={columns}
        rows={order.lines.map((line) => ({
          key: line.sku,
          cells: [
            line.title,
            <span key="sku" className="zg-code">
              {line.sku}
            </span>,
            <Count key="ordered" of={line.quantity} />,
            <strong key="left">
              <Count of={line.toShip} />
            </strong>,
            <span key="box" className="inline-block size-4 border border-ink" aria-hidden="true" />,
          ],
        }))}
      />
      <PaperFacts
        facts={[
          [t("created"), <Moment key="created" at={order.createdAt} timeZone={timeZone} />],
          [t("pieces"), <Count key="pieces" of={order.lines.reduce((sum, line) => sum + line.toShip, 0)} />],
        ]}
      />
    </Paper>
  );
}

/** What came in and went back, with WeChat's numbers: for the buyer's books and the tax office. */
export function ReceiptPaper({ order, shopName, timeZone }: PaperProps) {
  const t = useTranslations("order.print");
  const verdicts = useTranslations("order.print.verdicts");
  const moment = (at: Date) => <Moment at={at} timeZone={timeZone} />;
  return (
    <Paper title={t("titles.receipt")} {...{ shopName, order }} words={{ code: t("code") }}>
      <PaperFacts facts={[[t("created"), moment(order.createdAt)]]} />
      <PricedLines order={order} />
      <Sums order={order} />
      <PaperTable
        label={t("received")}
        columns={[{ label: t("transactionId") }, { label: t("at") }, { label: t("amount"), end: true }]}
        rows={order.receipts.map((receipt) => ({
          key: receipt.transactionId,
          cells: [
            <span key="number">
              <span className="zg-code">{receipt.transactionId}</span>{" "}
              {receipt.verdict !== "settling" && verdicts(receipt.verdict)}
            </span>,
            moment(receipt.paidAt),
            <Money key="fen" fen={receipt.totalFen} />,
          ],
        }))}
      />
      {order.refunds.length > 0 && (
        <PaperTable
          label={t("refunded")}
          columns={[{ label: t("refundNo") }, { label: t("at") }, { label: t("amount"), end: true }]}
          rows={order.refunds.map((refund) => ({
            key: refund.outRefundNo,
            cells: [
              <span key="number" className="zg-code">
                {refund.outRefundNo}
              </span>,
              moment(refund.at),
              <Money key="fen" fen={refund.refundFen} />,
            ],
          }))}
        />
      )}
      <p className="text-s text-soft">{t("notAnInvoice")}</p>
    </Paper>
  );
}

/** Why an order has no such paper; null where it has. */
export function whyNoPaper(form: PrintForm, order: PrintedOrder): "unpaid" | "closed" | "virtual" | null {
  if (form === "order") return null;
  if (form === "receipt") return order.receipts.length > 0 ? null : "unpaid";
  if (order.status === "pending" || order.status === "closing") return "unpaid";
  if (order.status === "closed") return "closed";
  return order.kind === "virtual" ? "virtual" : null;
}

function Recipient({ order }: { order: PrintedOrder }) {
  const t = useTranslations("order.print");
  if (!order.recipient) return null;
  return (
    <div className="mb-4">
      <p className="text-s text-soft">{t("recipient")}</p>
      <PrintedRecipient orderNo={order.orderNo} masked={order.recipient} />
      {order.note && (
        <p className="mt-1">
          <span className="text-soft">{t("note")} </span>
          {order.note}
        </p>
      )}
    </div>
  );
}

function PricedLines({ order }: { order: PrintedOrder }) {
  const t = useTranslations("order.print");
  return (
    <PaperTable
      label={t("goods")}
      columns={[
        { label: t("item") },
        { label: t("price"), end: true },
        { label: t("quantity"), end: true },
        { label: t("sum"), end: true },
      ]}
      rows={order.lines.map((line) => ({
        key: line.sku,
        cells: [
          <span key="item">
            {line.title} <span className="zg-code text-s text-soft">{line.sku}</span>
          </span>,
          <Money key="price" fen={line.priceFen} />,
          <Count key="count" of={line.quantity} />,
          <Money key="sum" fen={line.priceFen * line.quantity} />,
        ],
      }))}
    />
  );
}

function Sums({ order }: { order: PrintedOrder }) {
  const t = useTranslations("order.print");
  const sum = (fens: number[]) => fens.reduce((total, fen) => total + fen, 0);
  const sums: [string, number][] = [
    [t("goodsFen"), order.goodsFen],
    [t("freight"), order.freightFen],
    [t("total"), order.totalFen],
    [t("received"), sum(order.receipts.map(({ totalFen }) => totalFen))],
    [t("refunded"), sum(order.refunds.map(({ refundFen }) => refundFen))],
  ];
  return (
    <dl className="mb-4 ms-auto w-64 max-w-full break-inside-avoid">
      {sums.map(([name, fen]) => (
        <div key={name} className="flex justify-between gap-4">
          <dt className="text-soft">{name}</dt>
          <dd>
            <Money fen={fen} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Count({ of }: { of: number }) {
  return <span className="zg-number">{of}</span>;
}
