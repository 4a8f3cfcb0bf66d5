import { and, eq } from "drizzle-orm";
import { listExports } from "@/lib/db/schema/exports";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { keptForMs, queueWriting } from "./open-export";

/** Has an export that failed written once more, by who asked for it. `export_not_ready` when it did not fail. */
export async function retryExport(shop: Shop, of: { exportId: number }): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const expiresAt = new Date(shop.now().getTime() + keptForMs);
    const queued = await tx
      .update(listExports)
      .set({ status: "queued", errorText: null, endedAt: null, rowsDone: 0, expiresAt })
      .where(and(eq(listExports.id, of.exportId), eq(listExports.status, "failed")))
      .returning({ id: listExports.id });
    if (queued.length === 0) throw new AppError("export_not_ready");
    await queueWriting(tx, of.exportId);
  });
}
