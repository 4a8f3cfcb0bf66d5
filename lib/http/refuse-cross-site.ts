import { AppError } from "./app-error";

/** For a GET that sets off work or leaves entries in the trail: a link on somebody else's page must not. `forbidden`. */
export function refuseCrossSite(request: Request): void {
  if (request.headers.get("sec-fetch-site") === "cross-site") throw new AppError("forbidden");
}
