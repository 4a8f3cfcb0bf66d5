import { mostParcels } from "@/lib/wechat/shipping-info";
import type { DeliveryRow } from "./lock-order";

/** What WeChat's shipping service was told of a payment so far: how, and whether that was all. Null: nothing yet. */
export type UploadedSoFar = { mode: "unified" | "split"; isComplete: boolean } | null;

export type UploadPlan =
  | {
      step: "upload";
      kind: DeliveryRow["kind"];
      mode: "unified" | "split";
      /** Nothing follows. */
      isAllDelivered: boolean;
      deliveries: DeliveryRow[];
    }
  /** Everything was uploaded: WeChat is asked whether it knows. */
  | { step: "verify"; parcels: DeliveryRow[] }
  /** Nothing to tell before something else has left. */
  | { step: "wait" };

/**
 * Which upload is next. One whole parcel is unified; several, or a part of them, is split, one call a parcel in their
 * order, the last one saying that it was all; what is no express parcel is told once, when everything has left. Where
 * nothing follows after a split upload after all (the rest was refunded, or handed over), its last parcel is told once
 * more, as the last. What was completed and then corrected is shipped anew (重新发货): all parcels at once.
 * `deliveries` in the order of their ids; `isFinal`: nothing is left to ship.
 */
export function planReportUpload(of: {
  deliveries: DeliveryRow[];
  isFinal: boolean;
  soFar: UploadedSoFar;
}): UploadPlan {
  const { deliveries, isFinal, soFar } = of;
  const live = deliveries.filter(({ status }) => status === "shipped" || status === "received");
  const parcels = live.filter(({ kind }) => kind === "express");
  const pending = parcels.filter(isPending);

  if (soFar?.isComplete) {
    if (pending.length === 0) return { step: "verify", parcels };
    return {
      step: "upload",
      kind: "express",
      mode: soFar.mode === "unified" && parcels.length === 1 ? "unified" : "split",
      isAllDelivered: true,
      deliveries: parcels.slice(-mostParcels),
    };
  }
  const [next] = pending;
  if (next) {
    const isAllDelivered = isFinal && pending.length === 1;
    const isWhole = soFar === null && isAllDelivered;
    return {
      step: "upload",
      kind: "express",
      mode: isWhole ? "unified" : "split",
      isAllDelivered,
      deliveries: [next],
    };
  }
  if (!isFinal) return { step: "wait" };
  if (soFar) {
    const last = deliveries.findLast(({ kind, uploadedAt }) => kind === "express" && uploadedAt !== null);
    if (!last) return { step: "wait" };
    return { step: "upload", kind: "express", mode: "split", isAllDelivered: true, deliveries: [last] };
  }
  const [first] = live;
  if (!first) return { step: "wait" };
  return { step: "upload", kind: first.kind, mode: "unified", isAllDelivered: true, deliveries: live };
}

/** Not uploaded, or corrected since; in the same millisecond counts, as WeChat does not mind what it knows. */
function isPending({ uploadedAt, correctedAt }: DeliveryRow): boolean {
  return uploadedAt === null || (correctedAt !== null && correctedAt >= uploadedAt);
}
