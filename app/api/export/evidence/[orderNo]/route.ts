import { getLocale } from "next-intl/server";
import { readEventWords } from "@/app/dashboard/orders/[orderNo]/event-words";
import { requestAddress, requireStaff } from "@/lib/auth/staff";
import { makeEvidence } from "@/lib/evidence/make-evidence";
import { jsonRoute } from "@/lib/http/json-route";
import { refuseCrossSite } from "@/lib/http/refuse-cross-site";
import { shop } from "@/lib/shop";

type Context = { params: Promise<{ orderNo: string }> };

/** One order's record as a ZIP, in the reader's language; `?reveal=1` with the recipient in full. Both are recorded. */
export const GET = jsonRoute<Context>(async (request, { params }) => {
  const isRevealed = new URL(request.url).searchParams.get("reveal") === "1";
  const staff = await requireStaff("orders.evidence");
  if (isRevealed) await requireStaff("members.reveal");
  refuseCrossSite(request);

  const { fileName, bytes } = await makeEvidence(shop(), {
    orderNo: (await params).orderNo.slice(0, 64),
    by: { staffId: staff.id, name: staff.name, address: await requestAddress() },
    locale: await getLocale(),
    isRevealed,
    events: await readEventWords(),
  });
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/zip",
      "content-length": String(bytes.byteLength),
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
});
