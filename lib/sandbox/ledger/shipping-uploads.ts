import { all, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";
import type { Parcel } from "@/lib/sandbox/shipping/parcel";

/** One upload_shipping_info that was accepted; what was refused stands among the calls. */
export type ShippingUpload = {
  transactionId: string;
  outTradeNo: string;
  logisticsType: number;
  deliveryMode: number;
  /** Nothing follows: always so when it is not split. */
  isAllDelivered: boolean;
  /** It used the one chance to ship again. */
  isReship: boolean;
  parcels: Parcel[];
  /** As sent. */
  uploadTime: string;
  at: number;
};

export function recordUpload(ledger: Ledger, upload: ShippingUpload): void {
  run(
    ledger,
    `INSERT INTO shipping_uploads (transaction_id, out_trade_no, logistics_type, delivery_mode, is_all_delivered,
       is_reship, parcels, upload_time, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    upload.transactionId,
    upload.outTradeNo,
    upload.logisticsType,
    upload.deliveryMode,
    upload.isAllDelivered ? 1 : 0,
    upload.isReship ? 1 : 0,
    JSON.stringify(upload.parcels),
    upload.uploadTime,
    upload.at,
  );
}

/** Oldest first: the order in which they add up. */
export function uploadsOfTransaction(ledger: Ledger, transactionId: string): ShippingUpload[] {
  return all<Stored>(ledger, `${select} WHERE transaction_id = ? ORDER BY id`, transactionId).map(read);
}

/** Newest first, of one number or of all. */
export function listUploads(
  ledger: Ledger,
  input: { outTradeNo?: string; transactionId?: string; limit: number },
): ShippingUpload[] {
  const sql = `${select} WHERE (?1 IS NULL OR out_trade_no = ?1) AND (?2 IS NULL OR transaction_id = ?2)
    ORDER BY id DESC LIMIT ?3`;
  const rows = all<Stored>(ledger, sql, input.outTradeNo ?? null, input.transactionId ?? null, input.limit);
  return rows.map(read);
}

type Stored = Omit<ShippingUpload, "isAllDelivered" | "isReship" | "parcels"> & {
  isAllDelivered: number;
  isReship: number;
  parcels: string;
};

function read(row: Stored): ShippingUpload {
  return {
    ...row,
    isAllDelivered: row.isAllDelivered === 1,
    isReship: row.isReship === 1,
    parcels: JSON.parse(row.parcels) as Parcel[],
  };
}

const select = `SELECT transaction_id AS transactionId, out_trade_no AS outTradeNo, logistics_type AS logisticsType,
  delivery_mode AS deliveryMode, is_all_delivered AS isAllDelivered, is_reship AS isReship, parcels,
  upload_time AS uploadTime, at FROM shipping_uploads`;
