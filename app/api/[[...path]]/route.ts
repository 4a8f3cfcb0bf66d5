import { AppError } from "@/lib/http/app-error";
import { jsonRoute } from "@/lib/http/json-route";

/** No such address: a program that calls it reads JSON, not a page. */
const nothingHere = jsonRoute(async () => {
  throw new AppError("not_found");
});

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
