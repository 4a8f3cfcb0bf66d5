import { AppError } from "@/lib/http/app-error";

/** WeChat's codes of the carriers (express_company), as get_delivery_list gives them. */
export const carrierCodes = [
  "SF",
  "ZTO",
  "YTO",
  "STO",
  "YD",
  "JTSD",
  "JD",
  "EMS",
  "YZPY",
  "DBL",
  "HTKY",
  "OTHER",
] as const;
export type CarrierCode = (typeof carrierCodes)[number];

type Carrier = {
  /** Every number that it may have given out. */
  shape: RegExp;
  /** The numbers of today by which it is known; absent: all of them. */
  knownBy?: RegExp;
  /** Whoever asks it where the parcel is must know the last four digits of a phone number. */
  wantsPhone?: true;
};

/** A registered item of the Universal Postal Union (S10): service, serial, check digit, country. */
const postal = /^[A-Z]{2}\d{9}[A-Z]{2}$/;

/** Source: the carriers' own numbering as their labels of 2020–2026 and the order tools of marketplaces have it. */
export const carriers: Record<CarrierCode, Carrier> = {
  SF: { shape: /^(SF\d{13}|\d{12})$/, wantsPhone: true },
  ZTO: { shape: /^7[3-8]\d{10,12}$/, wantsPhone: true },
  YTO: { shape: /^(YT\d{13}|[A-Z]{1,2}\d{8,11}|\d{10,12}|8\d{17})$/, knownBy: /^YT\d{13}$/ },
  STO: {
    shape: /^(77\d{11}|77\d{13}|(STO|[2-9]68|588|688|888)\d{9,10}|(33|44|55|66|88|99)\d{11})$/,
    knownBy: /^(77\d{11}|77\d{13}|STO\d{9,10}|(268|888)\d{9})$/,
  },
  YD: { shape: /^(\d{13}|[34]\d{14})$/, knownBy: /^([34]\d{14}|[1345]\d{12})$/ },
  JTSD: { shape: /^(JT|UT)\d{13}$/ },
  JD: { shape: /^JD[0-9A-Z]{2}\d{9,15}(-\d{1,3}-\d{1,3}-?)?$/ },
  EMS: { shape: /^(1[0-2]\d{11}|5[0-2]\d{11}|9[57]\d{11}|[A-Z]{2}\d{9}[A-Z]{2})$/ },
  YZPY: {
    shape: /^(9[689]\d{11}|(PA|PH|PN|KA|KQ|GA|XA|SB)\d{11}|[A-Z]{2}\d{9}[A-Z]{2})$/,
    knownBy: /^(9[689]\d{11}|(PA|PH|PN|KA|KQ|GA|XA|SB)\d{11}|[CLR][A-Z]\d{9}[A-Z]{2})$/,
  },
  DBL: { shape: /^(DP[A-Z]\d{9,13}|[5789]\d{9})$/, knownBy: /^DP[A-Z]\d{9,13}$/ },
  HTKY: { shape: /^([A-E]\d{12}|BXA\d{10}|[567]\d{13}|\d{12})$/, knownBy: /^([A-E]\d{12}|BXA\d{10})$/ },
  OTHER: { shape: /^(?=.*\d)[0-9A-Z-]{5,40}$/, knownBy: /^(?!)/ },
};

/** A number as labels have it: capitals, no spaces, whatever keyboard or spreadsheet it came from. */
export function readTrackingNo(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/[\s\u200b-\u200d\ufeff]/g, "")
    .replace(/[‐-―]/g, "-")
    .toUpperCase();
}

/** The one carrier that gives such numbers, or null when several do or none. The person may know better. */
export function recognizeCarrier(trackingNo: string): CarrierCode | null {
  const number = readTrackingNo(trackingNo);
  const candidates = carrierCodes.filter(
    (code) => (carriers[code].knownBy ?? carriers[code].shape).test(number) && fits(code, number),
  );
  // Of the post's own, the service decides: E… is express mail.
  const [only, ...others] = postal.test(number)
    ? candidates.filter((code) => (code === "EMS") === number.startsWith("E"))
    : candidates;
  return only && others.length === 0 ? only : null;
}

/** A carrier's code from any text, or null. */
export function findCarrier(code: string): CarrierCode | null {
  return carrierCodes.find((known) => known === code) ?? null;
}

export type Tracking = { carrier: CarrierCode; trackingNo: string; phoneTail: string | null };

/**
 * What a parcel is followed by, from what was typed. No carrier: recognised from the number. The last four digits of
 * a phone are the recipient's where nobody typed others. `carrier_unknown`, `tracking_invalid`, `phone_tail_required`.
 */
export function checkTracking(of: {
  carrier?: string | null;
  trackingNo?: string | null;
  phoneTail?: string | null;
  recipientPhone: string | null;
}): Tracking {
  const trackingNo = readTrackingNo(of.trackingNo ?? "");
  const carrier = of.carrier ? requireCarrier(of.carrier) : requireRecognized(trackingNo);
  if (!fits(carrier, trackingNo)) throw new AppError("tracking_invalid");

  if (!carriers[carrier].wantsPhone) return { carrier, trackingNo, phoneTail: null };
  const typed = (of.phoneTail ?? "").normalize("NFKC").trim();
  const phoneTail = typed || (of.recipientPhone?.slice(-4) ?? "");
  if (!/^\d{4}$/.test(phoneTail)) throw new AppError("phone_tail_required");
  return { carrier, trackingNo, phoneTail };
}

function requireCarrier(typed: string): CarrierCode {
  const carrier = findCarrier(typed);
  if (!carrier) throw new AppError("carrier_unknown");
  return carrier;
}

function requireRecognized(trackingNo: string): CarrierCode {
  if (!carriers.OTHER.shape.test(trackingNo)) throw new AppError("tracking_invalid");
  const carrier = recognizeCarrier(trackingNo);
  if (!carrier)
    throw new AppError("carrier_unknown", { errors: [{ path: "carrier", code: "carrierUnclear" }] });
  return carrier;
}

function fits(code: CarrierCode, trackingNo: string): boolean {
  const isPostal = (code === "EMS" || code === "YZPY") && postal.test(trackingNo);
  return carriers[code].shape.test(trackingNo) && (!isPostal || hasCheckDigit(trackingNo));
}

const postalWeights = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/** UPU S10: 11 less the weighted sum modulo 11, where 10 is written 0 and 11 is written 5. */
function hasCheckDigit(number: string): boolean {
  const sum = postalWeights.reduce((total, weight, n) => total + weight * Number(number[n + 2]), 0);
  const digit = 11 - (sum % 11);
  return Number(number[10]) === (digit === 10 ? 0 : digit === 11 ? 5 : digit);
}
