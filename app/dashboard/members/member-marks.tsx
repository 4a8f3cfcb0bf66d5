import { useTranslations } from "next-intl";
import { Mark } from "../parts/mark";

type Props = { member: { isGuest: boolean; blockedAt: Date | null; erasedAt: Date | null } };

/** What kind of member this is, and what stands in the way. */
export function MemberMarks({ member }: Props) {
  const t = useTranslations("members.is");
  if (member.erasedAt)
    return (
      <Mark shape="bar" tone="soft">
        {t("erased")}
      </Mark>
    );
  return (
    <>
      <Mark shape={member.isGuest ? "hollow" : "full"} tone={member.isGuest ? "soft" : "plain"}>
        {t(member.isGuest ? "guest" : "wechat")}
      </Mark>
      {member.blockedAt && (
        <Mark shape="wedge" tone="danger">
          {t("blocked")}
        </Mark>
      )}
    </>
  );
}
