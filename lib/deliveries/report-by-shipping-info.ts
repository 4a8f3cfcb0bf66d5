import { asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { deliveries } from "@/lib/db/schema/deliveries";
import { recordCall } from "@/lib/payments/record-call";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { reportRefusal } from "@/lib/wechat/report-refusal";
import {
  buildShippingInfo,
  getShippingState,
  logisticsTypes,
  maskContact,
  type ShippedParcel,
  type ShippingState,
  uploadShippingInfo,
} from "@/lib/wechat/shipping-info";
import type { DeliveryReporter, ReportTry, Told } from "./delivery-reporter";
import type { DeliveryRow } from "./lock-order";
import type { Owed } from "./lock-report";
import { planReportUpload, type UploadedSoFar, type UploadPlan } from "./plan-report-upload";

type Upload = Extract<UploadPlan, { step: "upload" }>;
type Call = { shop: Shop; owed: Owed };

/** A call a parcel, and then the question whether WeChat shows what it took: only that counts as reported. */
export const shippingInfoReporter: DeliveryReporter = {
  channel: "shipping-info",
  async plan(tx, { shop, owed, at }) {
    const { report, order } = owed;
    if (!order) return null;
    const rows = await tx
      .select()
      .from(deliveries)
      .where(eq(deliveries.orderId, order.id))
      .orderBy(asc(deliveries.id));
    const plan = planReportUpload({
      deliveries: rows,
      isFinal: report.deliverStatus === 1,
      soFar: readSoFar(report.request),
    });
    if (plan.step === "wait") return null;
    if (plan.step === "verify")
      return { request: report.request, send: (token) => verify({ shop, owed }, token, plan.parcels) };
    return planUpload(tx, {
      shop,
      owed,
      at,
      plan,
      hasUploaded: rows.some(({ uploadedAt }) => uploadedAt !== null),
    });
  },
};

async function planUpload(
  tx: Tx,
  of: Call & { at: Date; plan: Upload; hasUploaded: boolean },
): Promise<ReportTry> {
  const { shop, owed, at, plan } = of;
  const { report, receipt, order } = owed;
  const body = buildShippingInfo({
    transactionId: receipt.transactionId,
    openid: receipt.openid,
    logisticsType: logisticsTypes[plan.kind],
    mode: plan.mode,
    isAllDelivered: plan.isAllDelivered,
    parcels: await readParcels(tx, { order, plan }),
    at,
  });
  const uploaded = {
    deliveryIds: plan.deliveries.map(({ id }) => id),
    soFar: writeSoFar({ mode: plan.mode, isComplete: plan.isAllDelivered }),
  };
  // A try before this one may have been heard: WeChat is asked first, or its one chance to ship anew may be used up.
  const isRepeat = report.attempts > (of.hasUploaded ? 1 : 0);
  return {
    request: report.request,
    async send(accessToken) {
      if (isRepeat && isKnown(await ask({ shop, owed }, accessToken), plan))
        return { isReported: false, uploaded };
      const outcome = await upload({ shop, owed }, accessToken, body);
      if (outcome !== "finished") return { isReported: false, uploaded };
      // Somebody has shipped all of it in the mini program's console.
      const state = await ask({ shop, owed }, accessToken);
      return { isReported: isShipped(state), uploaded: isShipped(state) ? uploaded : null };
    },
  };
}

/** 10060023, nothing is new, is as good as taken; 10060002, all of it was shipped already, is looked into. */
async function upload(
  { shop, owed: { report } }: Call,
  accessToken: string,
  body: ReturnType<typeof buildShippingInfo>,
): Promise<"taken" | "finished"> {
  try {
    await recordCall(
      shop,
      { report, call: "upload_shipping_info" },
      () => uploadShippingInfo(shop.platform, { accessToken, body }),
      () => "accepted",
    );
    return "taken";
  } catch (error) {
    if (!(error instanceof WechatError) || reportRefusal(error) !== "done") throw error;
    return error.code === "10060002" ? "finished" : "taken";
  }
}

async function verify(call: Call, accessToken: string, parcels: DeliveryRow[]): Promise<Told> {
  const state = await ask(call, accessToken);
  return { isReported: isShipped(state) && showsAll(state, parcels), uploaded: null };
}

function ask({ shop, owed: { report, receipt } }: Call, accessToken: string): Promise<ShippingState> {
  return recordCall(
    shop,
    { report, call: "get_order" },
    () => getShippingState(shop.platform, { accessToken, transactionId: receipt.transactionId }),
    ({ orderState }) => `order_state ${orderState}`,
  );
}

function isKnown(state: ShippingState, { deliveries, isAllDelivered }: Upload): boolean {
  return showsAll(state, deliveries) && (isShipped(state) || !isAllDelivered);
}

function isShipped({ orderState }: ShippingState): boolean {
  return orderState >= 2;
}

function showsAll(state: ShippingState, rows: DeliveryRow[]): boolean {
  return rows.every(
    ({ kind, carrier, trackingNo }) =>
      kind !== "express" ||
      state.parcels.some((one) => one.trackingNo === trackingNo && one.carrier === carrier),
  );
}

/** What goes into shipping_list. All that is no express parcel is one entry. */
async function readParcels(
  tx: Tx,
  { order, plan }: { order: Owed["order"]; plan: Upload },
): Promise<ShippedParcel[]> {
  const ids = sql.join(
    plan.deliveries.map(({ id }) => sql`${id}`),
    sql`, `,
  );
  const rows = await tx.execute<{ id: string; description: string }>(sql`
    SELECT d.delivery_id AS id, string_agg(l.title || '*' || d.quantity, '；' ORDER BY l.variant_id) AS description
      FROM delivery_lines d JOIN deliveries s ON s.id = d.delivery_id
      JOIN order_lines l ON l.order_id = s.order_id AND l.variant_id = d.variant_id
      WHERE d.delivery_id IN (${ids}) GROUP BY d.delivery_id ORDER BY d.delivery_id`);
  const descriptions = new Map(rows.map(({ id, description }) => [Number(id), description]));
  if (plan.kind !== "express") return [{ express: null, description: [...descriptions.values()].join("；") }];
  return plan.deliveries.map((row) => ({
    express: {
      carrier: row.carrier ?? "",
      trackingNo: row.trackingNo ?? "",
      contact: contactFor(row, order?.recipient?.phone ?? ""),
    },
    description: descriptions.get(row.id) ?? "",
  }));
}

/** 顺丰 alone wants a number; the receiver's, unless another one's last digits were given. */
function contactFor({ carrier, phoneTail }: DeliveryRow, phone: string): string | null {
  if (carrier !== "SF") return null;
  if (phoneTail && !phone.endsWith(phoneTail)) return maskContact(phoneTail);
  return phone ? maskContact(phone) : null;
}

function readSoFar(kept: Record<string, string> | null): UploadedSoFar {
  if (!kept) return null;
  return { mode: kept.mode === "unified" ? "unified" : "split", isComplete: kept.isComplete === "true" };
}

function writeSoFar({ mode, isComplete }: NonNullable<UploadedSoFar>): Record<string, string> {
  return { mode, isComplete: String(isComplete) };
}
