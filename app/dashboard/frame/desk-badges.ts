import { cache } from "react";
import { currentStaff } from "@/lib/auth/staff";
import { shop } from "@/lib/shop";
import { type Badges, countBadges } from "@/lib/staff/count-badges";

const none: Badges = { alarms: 0, deliveries: 0, refunds: 0 };

/** The counts beside the navigation, read once a request; a stranger is told none. */
export const deskBadges = cache(async () => ((await currentStaff()) ? countBadges(shop()) : none));

/** Whether a page of the navigation has a count. */
export function isBadge(page: string): page is keyof Badges {
  return Object.hasOwn(none, page);
}
