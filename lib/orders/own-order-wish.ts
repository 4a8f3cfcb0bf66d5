import { AppError } from "@/lib/http/app-error";
import { type OwnOrderShow, ownOrderShows } from "./own-order-shows";

/** What `GET /api/orders` is asked for: a tab, and the `nextCursor` of the page before. `malformed` for what never was one. */
export function readOwnOrderWish(query: URLSearchParams): {
  show: OwnOrderShow | undefined;
  before: string | null;
} {
  const wanted = query.get("show");
  const show = ownOrderShows.find((one) => one === wanted);
  if (wanted !== null && !show)
    throw new AppError("malformed", { errors: [{ path: "show", code: "invalid" }] });
  const before = query.get("cursor");
  if (before !== null && !/^\d{1,40}$/.test(before))
    throw new AppError("malformed", { errors: [{ path: "cursor", code: "invalid" }] });
  return { show, before };
}
