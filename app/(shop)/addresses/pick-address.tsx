"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { PickedAddress } from "../wechat/js-sdk";
import { hasJsSdk, placeOf } from "../wechat/place";

/**
 * Inside WeChat a buyer need not type an address that WeChat knows. Offered once WeChat's app has agreed to it, and
 * nowhere else. Its texts are `addresses`.
 */
export function PickAddress(props: {
  className: string | undefined;
  problemClassName: string | undefined;
  onPicked: (fields: PickedAddress) => void;
}) {
  const t = useTranslations("addresses.wechat");
  const [isOffered, setOffered] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    if (!hasJsSdk(placeOf(navigator.userAgent))) return;
    import("../wechat/js-sdk").then(
      async ({ canPickAddress }) => setOffered(await canPickAddress()),
      () => {}, // No network: the buyer types.
    );
  }, []);

  async function pick() {
    setOpen(true);
    const { pickAddress } = await import("../wechat/js-sdk");
    const picked = await pickAddress();
    setOpen(false);
    setFailed(picked === "failed");
    if (typeof picked === "object") props.onPicked(picked);
  }

  if (!isOffered) return null;
  return (
    <>
      <button type="button" className={props.className} disabled={isOpen} onClick={pick}>
        {t("pick")}
      </button>
      {hasFailed && (
        <p className={props.problemClassName} role="alert">
          {t("failed")}
        </p>
      )}
    </>
  );
}
