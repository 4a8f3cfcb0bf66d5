import { useTranslations } from "next-intl";
import { shop } from "@/lib/shop";
import { hasJsSdk, type Place } from "../wechat/place";
import styles from "./me.module.css";

/** As whom the shop knows this browser, what that means for the orders, and how to be known better. */
export function WhoAmI(props: { isSignedIn: boolean; place: Place; hasFailed: boolean }) {
  const t = useTranslations("me");
  const who = props.isSignedIn ? "wechat" : "guest";
  // The sandbox's WeChat signs in any browser; the real one only its own.
  const canSignIn = hasJsSdk(props.place) || shop().environment.sandbox !== null;
  return (
    <section className={styles.who}>
      <h2 className={styles.name}>{t(`who.${who}`)}</h2>
      <p className={styles.text}>{t(`who.${who}Text`)}</p>
      {props.hasFailed && !props.isSignedIn && (
        <p className={styles.problem} role="alert">
          {t("signInFailed")}
        </p>
      )}
      {!props.isSignedIn && (
        <>
          {canSignIn && (
            <a
              className={`weui-btn weui-btn_primary weui-btn_block ${styles.signIn}`}
              href="/api/auth/wechat?returnTo=/me"
            >
              {t("signIn")}
            </a>
          )}
          <p className={styles.text}>{t(canSignIn ? "signInText" : "signInElsewhere")}</p>
        </>
      )}
    </section>
  );
}
