import { useTranslations } from "next-intl";
import type { MemberView } from "@/lib/members/find-member";
import { RevealablePerson } from "./revealable-person";

/** By which openids WeChat knows this member, and where orders went. */
export function PersonalData({ member, mayReveal }: { member: MemberView; mayReveal: boolean }) {
  const t = useTranslations("members.one.person");
  return (
    <RevealablePerson
      memberId={member.id}
      masked={{
        openids: member.identities.map(({ appid, openid }) => ({ appid, openid })),
        recipients: member.recipients.map(({ recipient }) => recipient),
      }}
      uses={member.recipients.map(({ orders }) => t("uses", { count: orders }))}
      mayReveal={mayReveal}
      words={{
        openids: t("openids"),
        noOpenid: t("noOpenid"),
        recipients: t("recipients"),
        noRecipient: t("noRecipient"),
        reveal: t("reveal"),
        hint: t(mayReveal ? "revealHint" : "mayNotReveal"),
      }}
    />
  );
}
