"use client";

import { useTranslations } from "next-intl";
import styles from "./order.module.css";
import { type Pace, useFollowing } from "./use-following";

/** Keeps the page true while the order can still change; says so when it cannot reach the shop. */
export function FollowOrder({ orderNo, stamp, pace }: { orderNo: string; stamp: string; pace: Pace }) {
  const t = useTranslations("shop.pay");
  const { offline } = useFollowing(orderNo, stamp, pace);
  return (
    <p className={styles.offline} role="status">
      {offline && t("offline")}
    </p>
  );
}
