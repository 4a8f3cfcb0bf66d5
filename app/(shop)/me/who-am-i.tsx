import { useTranslations } from "next-intl";
import styles from "./me.module.css";

/** As whom the shop knows this browser, what that means for the orders, and how to be known better. */
export function WhoAmI(props: { isSignedIn: boolean; canSignIn: boolean; hasFailed: boolean }) {
  const t = useTranslations("me");
  const who = props.isSignedIn ? "wechat" : "guest";
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
          {props.canSignIn && (
            <a
              className={`weui-btn weui-btn_primary weui-btn_block ${styles.signIn}`}
              href="/api/auth/wechat?returnTo=/me"
            >
              {t("signIn")}
            </a>
          )}
          <p className={styles.text}>{t(props.canSignIn ? "signInText" : "signInElsewhere")}</p>
        </>
      )}
    </section>
  );
}
