import { headers } from "next/headers";
import { type Place, placeOf } from "./place";

/** Where the page that is being rendered is open. */
export async function currentPlace(): Promise<Place> {
  return placeOf((await headers()).get("user-agent") ?? "");
}
