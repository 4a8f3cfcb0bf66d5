import type { Tracking } from "@/lib/deliveries/carriers";
import { leavingPieces, refuseUnshippable } from "@/lib/deliveries/leaving-pieces";
import { readParcel } from "@/lib/deliveries/read-parcel";
import type { OrderPieces } from "@/lib/deliveries/read-pieces";
import { AppError } from "@/lib/http/app-error";
import type { Meaning } from "./columns";
import { readContents } from "./contents";
import type { ShippableOrder } from "./find-shippable";
import { readCarrier } from "./read-carrier";
import { hasLostDigits, type RowFacts, readRow } from "./read-row";
import type { Sheet } from "./sheet";
import type { Verdict } from "./verdict";

export type PlannedRow = {
  rowNo: number;
  cells: string[];
  orderId: number | null;
  tracking: Tracking | null;
  verdict: Verdict;
};

/**
 * What would become of each row, by the rules that shipping itself has, nothing changed. `named` has the orders that
 * each number names. Rows are taken one after another: what an earlier one takes is not there for a later one.
 */
export function planBatch(of: {
  rows: Sheet;
  meaning: Meaning;
  named: (number: string) => ShippableOrder[];
}): PlannedRow[] {
  const taken = new Map<number, Taken>();
  return of.rows.map(({ rowNo, cells }) => {
    const plan = { rowNo, cells, orderId: null, tracking: null };
    if (of.meaning.order === undefined || of.meaning.trackingNo === undefined)
      return { ...plan, verdict: "column_missing" };
    const facts = readRow(cells, of.meaning);
    const order = findOrder(facts.named, of.named);
    if (typeof order === "string") return { ...plan, verdict: order };
    const earlier = taken.get(order.id) ?? { pieces: structuredClone(order.pieces), parcels: new Map() };
    taken.set(order.id, earlier);
    return { ...plan, orderId: order.id, ...judge(facts, order, earlier) };
  });
}

/** What earlier rows take of an order: each parcel with the SKUs that are in it, or all that was left. */
type Taken = { pieces: OrderPieces; parcels: Map<string, Set<string> | "rest"> };

function findOrder(
  number: string,
  named: (number: string) => ShippableOrder[],
): ShippableOrder | "order_missing" | "digits_lost" | "order_unknown" | "order_ambiguous" {
  if (number === "") return "order_missing";
  if (hasLostDigits(number)) return "digits_lost";
  const [order, ...others] = named(number);
  if (!order) return "order_unknown";
  return others.length > 0 ? "order_ambiguous" : order;
}

function judge(
  facts: RowFacts,
  order: ShippableOrder,
  earlier: Taken,
): { tracking: Tracking | null; verdict: Verdict } {
  let tracking: Tracking | null = null;
  try {
    refuseUnshippable(order, order.pieces);
    if (facts.trackingNo === "") return { tracking, verdict: "tracking_missing" };
    if (hasLostDigits(facts.trackingNo)) return { tracking, verdict: "digits_lost" };
    tracking = readTracking(facts, order);
    return { tracking, verdict: takePieces(facts, earlier, `${tracking.carrier} ${tracking.trackingNo}`) };
  } catch (error) {
    return { tracking, verdict: verdictOf(error) };
  }
}

function readTracking(facts: RowFacts, order: ShippableOrder): Tracking {
  const carrier = facts.carrier ? readCarrier(facts.carrier) : null;
  if (facts.carrier && !carrier) throw new AppError("carrier_unknown");
  const { tracking } = readParcel(order, { ...facts, kind: "express", carrier });
  if (!tracking) throw new AppError("delivery_kind_invalid");
  const isThis = (parcel: ShippableOrder["parcels"][number]) =>
    parcel.carrier === tracking.carrier && parcel.trackingNo === tracking.trackingNo;
  if (order.parcels.some(isThis)) throw new AppError("parcel_recorded");
  return tracking;
}

/** Rows of one number are one parcel, when each says what it has in it; so are several parcels of one order. */
function takePieces(facts: RowFacts, earlier: Taken, parcel: string): Verdict {
  const contents = readContents(facts, earlier.pieces);
  if (typeof contents === "string" && contents !== "rest") return contents;
  const inIt = earlier.parcels.get(parcel);
  const isSaid = contents !== "rest" && ![...earlier.parcels.values()].includes("rest");
  if (inIt && (!isSaid || inIt === "rest" || contents.some(({ sku }) => inIt.has(sku))))
    return "row_repeated";
  if (earlier.parcels.size > 0 && !isSaid) return "second_parcel";
  for (const { variantId, quantity } of leavingPieces(earlier.pieces, contents)) {
    const line = earlier.pieces.lines.find((one) => one.variantId === variantId);
    if (line) line.left -= quantity;
  }
  const skus = contents === "rest" ? contents : new Set([...(inIt ?? []), ...contents.map(({ sku }) => sku)]);
  earlier.parcels.set(parcel, skus);
  return "ready";
}

/** Where no carrier was named and several give such numbers, or none does, the row says so in its own words. */
function verdictOf(error: unknown): Verdict {
  if (!(error instanceof AppError)) throw error;
  const isUnclear = error.facts.errors?.some(({ code }) => code === "carrierUnclear");
  return isUnclear ? "carrier_unclear" : error.code;
}
