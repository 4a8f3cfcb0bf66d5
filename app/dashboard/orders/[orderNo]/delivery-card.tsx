import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CarrierName } from "@/app/ui/carrier-name";
import type { ListedDelivery } from "@/lib/deliveries/list-deliveries-of-order";
import { CopyNumber } from "../../parts/copy-number";
import { DeliveryStatusMark } from "../../parts/status";
import { ShortMoment } from "../../parts/times";

type Props = {
  delivery: ListedDelivery;
  all: ListedDelivery[];
  clock: { timeZone: string; now: Date };
  children: ReactNode;
};

/** One parcel, or one handing-over: how, what, who, when, and what became of it. */
export function DeliveryCard({ delivery, all, clock, children }: Props) {
  const t = useTranslations("desk.order.deliveries");
  const numberOf = (id: number | null) => all.find((other) => other.id === id)?.number;
  const replaces = numberOf(delivery.replacesId);
  const replacement = all.find((other) => other.replacesId === delivery.id && other.status !== "voided");
  return (
    <li className="border-line border-t px-4 py-3 first:border-t-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3>{t("number", { number: delivery.number })}</h3>
        <DeliveryStatusMark status={delivery.status} />
      </div>
      <p>
        {delivery.carrier === null ? (
          t(`kinds.${delivery.kind}`)
        ) : (
          <>
            <CarrierName code={delivery.carrier} />{" "}
            <CopyNumber text={delivery.trackingNo ?? ""} words={{ copy: t("copy"), copied: t("copied") }} />
          </>
        )}
      </p>
      <ul>
        {delivery.lines.map((line) => (
          <li key={line.sku}>{t("piece", { title: line.title, count: line.quantity })}</li>
        ))}
      </ul>
      <p className="text-s text-soft">
        {delivery.shippedBy ?? t("byRule")} · <ShortMoment at={delivery.shippedAt} {...clock} />
        {delivery.phoneTail && <> · {t("phoneTail", { digits: delivery.phoneTail })}</>}
        {delivery.correctedAt && (
          <>
            {" · "}
            {t("corrected")} <ShortMoment at={delivery.correctedAt} {...clock} />
          </>
        )}
        {replaces && <> · {t("replaces", { number: replaces })}</>}
        {replacement && <> · {t("replacedBy", { number: replacement.number })}</>}
      </p>
      <Ended delivery={delivery} clock={clock} />
      {delivery.note && (
        <p className="whitespace-pre-line text-s">
          <span className="text-soft">{t("noteIs")} </span>
          {delivery.note}
        </p>
      )}
      {children}
    </li>
  );
}

function Ended({ delivery, clock }: Pick<Props, "delivery" | "clock">) {
  const t = useTranslations("desk.order.deliveries");
  const { receivedAt, failedAt, voidedAt, failReason } = delivery;
  const at = receivedAt ?? failedAt ?? voidedAt;
  if (!at) return null;
  return (
    <p className="text-s">
      {t(`ended.${receivedAt ? "received" : failedAt ? "failed" : "voided"}`)}{" "}
      <ShortMoment at={at} {...clock} />
      {failReason && <span className="whitespace-pre-line"> · {failReason}</span>}
    </p>
  );
}
