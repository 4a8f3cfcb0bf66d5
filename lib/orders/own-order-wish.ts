import { AppError } from "@/lib/http/app-error";
import { type OwnOrderShow, ownOrderShows } from "./own-order-shows";

/** What `GET /api/orders` is asked for: a tab, and the `nextCursor` of the page before. `malformed` for another tab. */
export function readOwnOrderWish(query: URLSearchParams): {
  show: OwnOrderShow | undefined;
  before: string | null;
} {
  const wanted = query.get("show");
  const show = ownOrderShows.find((one) => one === wanted);
  if (wanted !== null && !show)
    throw new AppError("malformed", { errors: [{ path: "show", code: "invalid" }] });
  return { show, before: query.get("cursor") };
}
