import Link from "next/link";
import type { ReactNode } from "react";

/** Numbers that WeChat's portal made may hold | * and @. */
export function refundHref(refundNo: string): string {
  return `/dashboard/refunds/${encodeURIComponent(refundNo)}`;
}

export function RefundLink({ refundNo, children }: { refundNo: string; children?: ReactNode }) {
  return (
    <Link href={refundHref(refundNo)} prefetch={false}>
      {children} <span className="zg-code">{refundNo}</span>
    </Link>
  );
}
