import { requireStaff } from "@/lib/auth/staff";
import { draftBatch } from "@/lib/batches/draft-batch";
import { sheetLimits } from "@/lib/batches/sheet";
import { AppError } from "@/lib/http/app-error";
import { toAppError } from "@/lib/http/problem";
import { readFormFile } from "@/lib/http/read-form-file";
import { shop } from "@/lib/shop";

const form = "/dashboard/deliveries/import";

/**
 * The desk's form sends a file of parcels: its dry run is made, and the browser goes on to it, or back to the form with
 * the reason. A route, not an action: an action's body has one limit for all of them.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const staff = await requireStaff("orders.ship");
    const from = request.headers.get("sec-fetch-site") ?? "same-origin";
    if (from !== "same-origin") throw new AppError("forbidden");
    const { bytes, name } = await readFormFile(request, { field: "file", limitBytes: sheetLimits.fileBytes });
    const { batchId } = await draftBatch(shop(), { bytes, fileName: name, staffId: staff.id });
    return seeOther(`/dashboard/deliveries/batches/${batchId}`);
  } catch (error) {
    const { code, facts } = toAppError(error);
    return seeOther(`${form}?${new URLSearchParams({ problem: String(facts.reason ?? code) })}`);
  }
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
