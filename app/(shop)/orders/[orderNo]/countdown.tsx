"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import styles from "./order.module.css";

/** The time left, written out. Counted from the server's answer: the buyer's clock may be wrong. */
export function Countdown({ leftMs }: { leftMs: number }) {
  const t = useTranslations("shop.pay");
  const router = useRouter();
  const [left, setLeft] = useState(leftMs);

  useEffect(() => {
    const endsAt = Date.now() + leftMs;
    const tick = () => {
      const now = endsAt - Date.now();
      setLeft(Math.max(0, now));
      if (now > 0) return;
      clearInterval(timer);
      router.refresh();
    };
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [leftMs, router]);

  const seconds = Math.ceil(left / 1000);
  return (
    <p className={styles.countdown} role="timer">
      {seconds > 0
        ? t("timeLeft", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
        : t("timeUp")}
    </p>
  );
}
