import { getTranslations } from "next-intl/server";
import { readVerdictText } from "@/app/dashboard/deliveries/verdict-text";
import { requireStaff } from "@/lib/auth/staff";
import { refusedFile } from "@/lib/batches/refused-file";
import { mediaTypes } from "@/lib/exports/table-of";
import { AppError } from "@/lib/http/app-error";
import { attachment } from "@/lib/http/attachment";
import { jsonRoute } from "@/lib/http/json-route";
import { shop } from "@/lib/shop";

type Context = { params: Promise<{ id: string }> };

/** The rows of a batch that were refused, as a file for a spreadsheet: the one that was sent, with the reasons. */
export const GET = jsonRoute<Context>(async (_, { params }) => {
  await requireStaff("orders.ship");
  const { id } = await params;
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new AppError("not_found");
  const t = await getTranslations("desk.batches");
  const text = await refusedFile(shop(), {
    batchId: Number(id),
    reasonTitle: t("reason"),
    reasonOf: await readVerdictText(),
  });
  const bytes = Buffer.from(text);
  return attachment(bytes, { name: `batch-${id}-refused.csv`, type: mediaTypes.csv, size: bytes.length });
});
