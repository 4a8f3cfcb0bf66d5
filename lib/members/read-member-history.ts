import { and, eq } from "drizzle-orm";
import { auditEntries } from "@/lib/db/schema/audit";
import { readAudit } from "@/lib/orders/read-deeds";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import type { Shop } from "@/lib/shop";

const atMost = 50; // The newest: the whole trail has a page of its own.

/** What staff did to a member: tagged, blocked, looked at, exported, erased; oldest first. */
export function readMemberHistory(shop: Shop, memberId: number): Promise<TimelineEvent[]> {
  const { subject, subjectId } = auditEntries;
  return readAudit(shop, and(eq(subjectId, String(memberId)), eq(subject, "member")), atMost);
}
