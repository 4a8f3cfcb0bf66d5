import Link from "next/link";
import { useTranslations } from "next-intl";
import { ownCountedAtMost } from "@/lib/orders/count-own-orders";
import { type OwnOrderShow, ownOrderShows } from "@/lib/orders/own-order-shows";
import styles from "./orders.module.css";

/** A buyer's orders by what they wait for, with how many do. */
export function OrderTabs({
  show,
  counts,
}: {
  show: OwnOrderShow | null;
  counts: Record<OwnOrderShow, number>;
}) {
  const t = useTranslations("shop.orders.tabs");
  return (
    <nav aria-label={t("label")}>
      <ul className={styles.tabs}>
        {([null, ...ownOrderShows] as const).map((one) => (
          <li key={one ?? "all"}>
            <Link
              className={styles.tab}
              href={one ? `/orders?show=${one}` : "/orders"}
              prefetch={false}
              aria-current={one === show ? "page" : undefined}
            >
              {t(one ?? "all")}
              {one && <Waiting count={counts[one]} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many wait, for the eye; and in words for the ear. */
export function Waiting({ count }: { count: number }) {
  const t = useTranslations("shop.orders.tabs");
  if (count === 0) return null;
  const shown = count < ownCountedAtMost ? String(count) : `${ownCountedAtMost - 1}+`;
  return (
    <>
      <span className={styles.waiting} aria-hidden="true">
        {shown}
      </span>
      <span className="zg-visually-hidden">{t("count", { count: shown })}</span>
    </>
  );
}
