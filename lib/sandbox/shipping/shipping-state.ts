import { isDeepStrictEqual } from "node:util";
import type { ShippingUpload } from "@/lib/sandbox/ledger/shipping-uploads";
import type { Parcel } from "@/lib/sandbox/shipping/parcel";

/** Where the shipping of one payment stands after its uploads. */
export type ShippingState = {
  logisticsType: number;
  deliveryMode: number;
  /** Each with the upload_time that told it. */
  parcels: (Parcel & { uploadTime: string })[];
  isFinished: boolean;
  /** 0, 1, or 2 after the one re-ship (重新发货). */
  finishCount: number;
  isReshipped: boolean;
  /** Of the newest upload. */
  uploadTime: string;
};

type Upload = Pick<
  ShippingUpload,
  "logisticsType" | "deliveryMode" | "isAllDelivered" | "parcels" | "uploadTime"
>;

export function shippingStateOf(uploads: readonly Upload[]): ShippingState | null {
  return uploads.reduce<ShippingState | null>(afterUpload, null);
}

/**
 * Parcels of a split delivery add up. Whatever comes after the last one, and whatever changes the mode or the
 * way of delivery, ships anew and replaces them: "以下情况将视为重新发货，每笔支付单仅有一次重新发货机会".
 */
export function afterUpload(state: ShippingState | null, upload: Upload): ShippingState {
  const { logisticsType, deliveryMode, isAllDelivered, uploadTime } = upload;
  const isReship = state !== null && startsAnew(state, upload);
  const told = upload.parcels.map((parcel) => ({ ...parcel, uploadTime }));
  const kept = state === null || isReship ? [] : state.parcels.filter((one) => !told.some(sameParcel(one)));
  return {
    logisticsType,
    deliveryMode,
    parcels: [...kept, ...told],
    isFinished: isAllDelivered,
    finishCount: (state?.finishCount ?? 0) + (isAllDelivered ? 1 : 0),
    isReshipped: isReship || (state?.isReshipped ?? false),
    uploadTime,
  };
}

export function startsAnew(state: ShippingState, upload: Upload): boolean {
  const { logisticsType, deliveryMode } = upload;
  return state.isFinished || state.logisticsType !== logisticsType || state.deliveryMode !== deliveryMode;
}

/** Whether the upload tells nothing that is not known: the same way, the same parcels, and as much of an end. */
export function changesNothing(state: ShippingState, upload: Upload): boolean {
  if (state.logisticsType !== upload.logisticsType || state.deliveryMode !== upload.deliveryMode)
    return false;
  if (state.isFinished !== upload.isAllDelivered) return false;
  const known = state.parcels.map(({ uploadTime: _, ...parcel }) => parcel);
  return upload.parcels.every((parcel) => known.some((one) => isDeepStrictEqual(one, parcel)));
}

function sameParcel(one: Parcel) {
  return (other: Parcel) =>
    one.tracking_no === other.tracking_no && one.express_company === other.express_company;
}
