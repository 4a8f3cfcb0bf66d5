import { getTranslations } from "next-intl/server";
import { certificateTroubleSince } from "@/lib/refunds/certificate-trouble";
import { shop } from "@/lib/shop";
import { deskClock } from "../desk-settings";
import { Mark } from "../parts/mark";
import { ShortMoment } from "../parts/times";

/** Says so when nothing can be sent to WeChat: no certificate is set, or WeChat has refused the one that is. */
export async function SendingPaused() {
  const { environment, db } = shop();
  const t = await getTranslations("desk.refunds.paused");
  const isSet = environment.wechat.certFile !== null && environment.wechat.keyFile !== null;
  const since = isSet ? await certificateTroubleSince(db) : null;
  if (isSet && !since) return null;
  return (
    <p className="mb-3 rounded-md bg-warn-wash p-3">
      <Mark shape="wedge" tone="warn">
        <span className="whitespace-normal">
          {since ? t("refused") : t("notSet")} {since && <ShortMoment at={since} {...(await deskClock())} />}
        </span>
      </Mark>
    </p>
  );
}
