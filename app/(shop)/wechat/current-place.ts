import { headers } from "next/headers";
import { shop } from "@/lib/shop";
import { hasJsSdk, type Place, placeOf } from "./place";

/** Where the page that is being rendered is open. */
export async function currentPlace(): Promise<Place> {
  return placeOf((await headers()).get("user-agent") ?? "");
}

/** Whether WeChat says there who a buyer is. The sandbox's WeChat signs in any browser; the real one only its own. */
export async function canSignIn(): Promise<boolean> {
  return shop().environment.sandbox !== null || hasJsSdk(await currentPlace());
}
