import { useTranslations } from "next-intl";
import { CopyNumber } from "../parts/copy-number";
import { Fact, Facts } from "../parts/facts";

/** What is typed into WeChat's consoles, ready to be copied. */
export function Addresses({ siteUrl, push }: { siteUrl: string; push: boolean }) {
  const t = useTranslations("setup.addresses");
  const { origin, host } = new URL(siteUrl);
  const entries = [
    ["directory", `${origin}/orders/`],
    ["h5", host],
    ["oauth", host],
    ["jsSdk", host],
    ["alarm", `${origin}/api/alarm`],
    ["refund", `${origin}/api/notify/refund`],
    ["notify", `${origin}/api/notify`],
    ...(push ? [["push", `${origin}/api/wechat/push`] as const] : []),
  ] as const;
  return (
    <>
      <p className="px-4 pt-3 text-s text-soft">{t("note")}</p>
      <Facts>
        {entries.map(([name, value]) => (
          <Fact key={name} name={t(name)}>
            <CopyNumber text={value} words={{ copy: t("copy"), copied: t("copied") }} />
          </Fact>
        ))}
      </Facts>
    </>
  );
}
