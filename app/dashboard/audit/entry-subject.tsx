import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedEntry } from "@/lib/audit/list-entries";
import { findList } from "@/lib/exports/lists";
import { isSettingKey } from "@/lib/settings/definitions";
import { RefundLink } from "../parts/refund-link";

/** What it was done to, and the way there. */
export function EntrySubject({ entry }: { entry: ListedEntry }) {
  const t = useTranslations("audit.subjects");
  const { subject, refundNo, orderNo } = entry;
  const known = subjects.find((one) => one === subject);
  const named = useSubjectName(entry);
  const href = hrefOf(entry);
  if (refundNo) return <RefundLink refundNo={refundNo}>{t("refund")}</RefundLink>;
  return (
    <>
      {known ? t(known) : subject}{" "}
      {href ? (
        <Link href={href} prefetch={false}>
          {named}
        </Link>
      ) : (
        named
      )}
      {orderNo && subject !== "order" && (
        <Link className="zg-code block" href={`/dashboard/orders/${orderNo}`} prefetch={false}>
          {orderNo}
        </Link>
      )}
    </>
  );
}

const subjects = [
  "staff",
  "order",
  "permission",
  "refund",
  "receipt",
  "setting",
  "delivery",
  "report",
  "batch",
  "variant",
  "alarm",
  "product",
  "category",
  "member",
  "notification",
  "export",
  "view",
  "audit",
] as const;

const rooms: Record<string, string> = {
  batch: "/dashboard/deliveries/batches/",
  member: "/dashboard/members/",
  product: "/dashboard/products/",
  notification: "/dashboard/notifications/",
  export: "/dashboard/exports/",
};

function hrefOf({ subject, subjectId, orderNo }: ListedEntry): string | null {
  if (subject === "order" && orderNo) return `/dashboard/orders/${orderNo}`;
  if (subject === "setting") return "/dashboard/settings";
  const room = rooms[subject];
  return room && /^\d+$/.test(subjectId) ? room + subjectId : null;
}

function useSubjectName({ subject, subjectId, orderNo, aboutPerson }: ListedEntry): React.ReactNode {
  const settings = useTranslations("desk.settings.names");
  const lists = useTranslations("exports.lists");
  if (subject === "order" && orderNo) return <span className="zg-code">{orderNo}</span>;
  if (subject === "setting" && isSettingKey(subjectId)) return settings(subjectId);
  if (subject === "staff" && aboutPerson) return aboutPerson;
  if (subject === "audit") return null; // There is one.
  const list = subject === "export" ? findList(subjectId) : null;
  if (list) return lists(list);
  if (/^\d+$/.test(subjectId)) return <span className="zg-number">#{subjectId}</span>;
  return <span className="zg-code">{subjectId}</span>;
}
