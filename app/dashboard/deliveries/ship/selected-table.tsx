import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { SelectedOrder } from "@/lib/batches/list-selected";
import { carrierCodes, findCarrier } from "@/lib/deliveries/carriers";
import { problemText } from "@/lib/http/problem";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { Mark } from "../../parts/mark";
import { ParcelField, ParcelSelect } from "./parcel-field";

/** A row an order: where it goes, what is left of it, and the fields of one parcel, or why there is none. */
export function SelectedTable({ orders }: { orders: SelectedOrder[] }) {
  const t = useTranslations("desk.shipMany");
  const columns = [
    { label: t("columns.order") },
    { label: t("columns.recipient") },
    { label: t("columns.goods") },
    { label: t("columns.parcel") },
  ];
  return (
    <Ledger label={t("label")} columns={columns}>
      {orders.map((order) => (
        <Row key={order.orderNo}>
          <Cell>
            <Link className="zg-code zg-number" href={`/dashboard/orders/${order.orderNo}`} prefetch={false}>
              {order.orderNo}
            </Link>
          </Cell>
          <Cell label={t("columns.recipient")}>
            {order.recipient ? (
              <>
                {order.recipient.province} {order.recipient.city}
                <div className="text-s text-soft">
                  {order.recipient.name} {order.recipient.phone}
                </div>
              </>
            ) : (
              <span className="text-soft">—</span>
            )}
          </Cell>
          <Cell label={t("columns.goods")}>
            {order.goods.map(({ title, left }) => (
              <div key={title}>{t("goods", { title, left })}</div>
            ))}
            {order.goods.length === 0 && <span className="text-soft">—</span>}
          </Cell>
          <Cell label={t("columns.parcel")}>
            <Sent order={order} />
            {order.refused === null && <Parcel orderNo={order.orderNo} />}
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

function Parcel({ orderNo }: { orderNo: string }) {
  const t = useTranslations("desk.shipMany");
  const carriers = useTranslations("common.carrier");
  const of = { orderNo };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <input type="hidden" name="order" value={orderNo} />
      <ParcelField
        name={`trackingNo:${orderNo}`}
        label={t("trackingNo", of)}
        shown={t("trackingNoShort")}
        className="zg-code w-full sm:w-56"
        maxLength={60}
      />
      <ParcelSelect
        name={`carrier:${orderNo}`}
        label={t("carrier", of)}
        shown={t("carrierShort")}
        choices={[
          { value: "", label: t("recognise") },
          ...carrierCodes.map((code) => ({ value: code, label: carriers(code) })),
        ]}
      />
      <ParcelField
        name={`note:${orderNo}`}
        label={t("buyersNote", of)}
        shown={t("buyersNoteShort")}
        className="w-full sm:w-44"
        maxLength={500}
      />
    </div>
  );
}

/** What has left already, and why nothing more can leave here. */
function Sent({ order }: { order: SelectedOrder }) {
  const t = useTranslations("desk.shipMany");
  const carriers = useTranslations("common.carrier");
  const locale = useLocale();
  return (
    <>
      {order.parcels.map(({ carrier, trackingNo }) => {
        const code = findCarrier(carrier ?? "");
        return (
          <div key={`${carrier} ${trackingNo}`}>
            <Mark shape="full" tone="accent">
              <span className="whitespace-normal">
                {t("sent")} {code && carriers(code)} <span className="zg-code">{trackingNo}</span>
              </span>
            </Mark>
          </div>
        );
      })}
      {order.refused && order.refused !== "already_shipped" && (
        <Mark shape="wedge" tone="warn">
          <span className="whitespace-normal">{problemText(locale, order.refused)}</span>
        </Mark>
      )}
    </>
  );
}
