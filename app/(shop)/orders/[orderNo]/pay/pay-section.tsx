import { getTranslations } from "next-intl/server";
import { currentPlace } from "@/app/(shop)/wechat/current-place";
import { SandboxBridge } from "@/app/(shop)/wechat/sandbox-bridge";
import { shop } from "@/lib/shop";

import styles from "./pay.module.css";
import { PayPanel } from "./pay-panel";
import { PayPlainly } from "./pay-plainly";
import { waysToPay } from "./ways-to-pay";

/** How an order is paid from where its page is open; without a script by forms, as far as that goes. */
export async function PaySection(props: {
  orderNo: string;
  totalFen: number;
  knowsOpenid: boolean;
  returned: boolean;
  signInFailed: boolean;
}) {
  const t = await getTranslations("shop.order");
  const { signInFailed, ...order } = props;
  const place = await currentPlace();
  const sandboxUrl = shop().environment.sandbox?.webUrl ?? null;
  const ways = waysToPay(place, { sandbox: sandboxUrl !== null });
  return (
    <>
      {signInFailed && (
        <p className={styles.trouble} role="alert">
          {t("signInFailed")}
        </p>
      )}
      {sandboxUrl && <SandboxBridge webUrl={sandboxUrl} />}
      <PayPanel {...order} {...ways} place={place} sandboxUrl={sandboxUrl} />
      <noscript>
        <PayPlainly
          orderNo={order.orderNo}
          totalFen={order.totalFen}
          ways={ways.ways}
          sandboxUrl={sandboxUrl}
        />
      </noscript>
    </>
  );
}
