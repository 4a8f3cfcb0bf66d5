import { cache } from "react";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";

export type DeskClock = Awaited<ReturnType<typeof deskClock>>;

/** The shop's settings and clock for one request: every time on a page is told from the same moment. */
export const deskClock = cache(async () => {
  const { timeZone, escalateSecondPercent } = await readSettings(shop().db);
  return { timeZone, now: shop().now(), escalateSecondPercent };
});
