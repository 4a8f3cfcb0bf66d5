import { describe, expect, test } from "vitest";
import type { DeliveryRow } from "@/lib/deliveries/lock-order";
import { planReportUpload, type UploadedSoFar } from "@/lib/deliveries/plan-report-upload";

/** "ZT1" an express parcel, "ZT1+" uploaded, "ZT1!" corrected since, "-ZT1" failed, "~ZT1" voided; "pickup" and the like by name. */
function aDelivery(told: string, at: number): DeliveryRow {
  const name = told.replace(/[-~+!]/g, "");
  const kind = name === "pickup" || name === "virtual" || name === "same_city" ? name : "express";
  const uploadedAt = /[+!]/.test(told) ? new Date(1000) : null;
  return {
    id: at + 1,
    orderId: 1,
    kind,
    status: told.startsWith("-") ? "failed" : told.startsWith("~") ? "voided" : "shipped",
    carrier: kind === "express" ? "ZTO" : null,
    trackingNo: kind === "express" ? name : null,
    phoneTail: null,
    note: null,
    replacesId: null,
    batchId: null,
    staffId: null,
    shippedAt: new Date(0),
    uploadedAt,
    correctedAt: told.includes("!") ? new Date(2000) : null,
    receivedAt: null,
    failedAt: null,
    failReason: null,
    voidedAt: null,
  };
}

/** What is next, in one line. */
function next(parcels: string, soFar: UploadedSoFar, isFinal: boolean): string {
  const deliveries = parcels.split(" ").filter(Boolean).map(aDelivery);
  const plan = planReportUpload({ deliveries, isFinal, soFar });
  if (plan.step === "wait") return "wait";
  if (plan.step === "verify")
    return `verify ${plan.parcels.map(({ trackingNo }) => trackingNo).join(" ")}`.trim();
  const what = plan.deliveries.map(({ trackingNo, kind }) => trackingNo ?? kind).join(" ");
  return `${plan.kind} ${plan.mode}${plan.isAllDelivered ? " all" : ""}: ${what}`;
}

const split = { mode: "split", isComplete: false } as const;
const splitAll = { mode: "split", isComplete: true } as const;
const unifiedAll = { mode: "unified", isComplete: true } as const;

describe("which upload is next", () => {
  test.each<[string, string, UploadedSoFar, boolean, string]>([
    ["one whole parcel", "ZT1", null, true, "express unified all: ZT1"],
    ["a first part", "ZT1", null, false, "express split: ZT1"],
    ["two parts, the first of them", "ZT1 ZT2", null, true, "express split: ZT1"],
    ["and the last", "ZT1+ ZT2", split, true, "express split all: ZT2"],
    ["a middle one", "ZT1+ ZT2 ZT3", split, true, "express split: ZT2"],
    ["all that left is told, more is to come", "ZT1+", split, false, "wait"],
    ["the rest was refunded after a part was told", "ZT1+", split, true, "express split all: ZT1"],
    ["the rest was handed over", "ZT1+ pickup", split, true, "express split all: ZT1"],
    [
      "the last one told has failed, and nothing else follows",
      "ZT1+ -ZT2+",
      split,
      true,
      "express split all: ZT2",
    ],
    ["a parcel and a pick-up", "ZT1 pickup", null, true, "express unified all: ZT1"],
    ["virtual goods", "virtual", null, true, "virtual unified all: virtual"],
    ["a part of them", "virtual", null, false, "wait"],
    [
      "in the same city, twice",
      "same_city same_city",
      null,
      true,
      "same_city unified all: same_city same_city",
    ],
    ["picked up", "pickup", null, true, "pickup unified all: pickup"],
    ["failed before it was told", "-ZT1 ZT2", null, true, "express unified all: ZT2"],
    ["undone", "~ZT1 ZT2", null, true, "express unified all: ZT2"],
    ["nothing is on its way", "-ZT1", null, true, "wait"],
    ["nothing has left", "", null, false, "wait"],
    ["all was told", "ZT1+", unifiedAll, true, "verify ZT1"],
    ["all was told in parts", "ZT1+ ZT2+", splitAll, true, "verify ZT1 ZT2"],
    ["virtual goods were told", "virtual+", unifiedAll, true, "verify"],
    ["a part was told and then corrected", "ZT1!", split, false, "express split: ZT1"],
    ["the whole was corrected", "ZT1!", unifiedAll, true, "express unified all: ZT1"],
    ["one of two was corrected: all anew", "ZT1! ZT2+", splitAll, true, "express split all: ZT1 ZT2"],
    ["another was sent in place of the whole", "-ZT1+ ZT2", unifiedAll, true, "express unified all: ZT2"],
    [
      "another was sent in place of one of two",
      "ZT1+ -ZT2+ ZT3",
      splitAll,
      true,
      "express split all: ZT1 ZT3",
    ],
  ])("%s", (_what, parcels, soFar, isFinal, expected) => {
    expect(next(parcels, soFar, isFinal)).toBe(expected);
  });

  test("more parcels than WeChat takes at once: shipped anew are the last fifteen", () => {
    const parcels = Array.from({ length: 20 }, (_, at) => `ZT${at}${at === 19 ? "!" : "+"}`).join(" ");

    const said = next(parcels, splitAll, true).split(": ")[1]?.split(" ");

    expect(said).toHaveLength(15);
    expect(said?.at(-1)).toBe("ZT19");
  });
});
