import { cookies } from "next/headers";
import { cache } from "react";
import { type Buyer, findBuyer, memberCookie } from "@/lib/members/session";
import { shop } from "@/lib/shop";

/** Who looks at this page, by the member cookie; null for a stranger. Read once a request. */
export const findCurrentBuyer = cache(async (): Promise<Buyer | null> => {
  const token = (await cookies()).get(memberCookie)?.value ?? null;
  return findBuyer(shop().db, token, shop().now());
});
