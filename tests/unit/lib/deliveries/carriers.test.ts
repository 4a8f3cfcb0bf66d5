import { describe, expect, test } from "vitest";
import { carrierCodes, checkTracking, readTrackingNo, recognizeCarrier } from "@/lib/deliveries/carriers";
import { AppError } from "@/lib/http/app-error";

const check = (carrier: string | null, trackingNo: string, phoneTail: string | null = null) =>
  checkTracking({ carrier, trackingNo, phoneTail, recipientPhone: "13800138000" });
const refusalOf = (deed: () => unknown): AppError | null => {
  try {
    deed();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
};
const refusal = (deed: () => unknown) => refusalOf(deed)?.code ?? "taken";

const known = [
  ["SF1357924680135", "SF"],
  ["257481036925", "SF"],
  ["78312345678901", "ZTO"],
  ["75123456789012", "ZTO"],
  ["73100012345678", "ZTO"],
  ["YT8812345678901", "YTO"],
  ["773123456789012", "STO"],
  ["STO1234567890", "STO"],
  ["312345678901234", "YD"],
  ["432109876543210", "YD"],
  ["3123456789012", "YD"],
  ["JT3012345678901", "JTSD"],
  ["JD0123456789012", "JD"],
  ["JDVA12345678901", "JD"],
  ["JDX001234567890-1-1-", "JD"],
  ["EA123456785CN", "EMS"],
  ["1136925814703", null], // EMS and YD both give these.
  ["9512345678901", "EMS"],
  ["9812345678901", "YZPY"],
  ["PA12345678901", "YZPY"],
  ["RR473124829CN", "YZPY"],
  ["DPK364512345678", "DBL"],
  ["DPL123456789", "DBL"],
] as const;

describe("a carrier is recognised by its numbers", () => {
  test.each(known)("%s is of %s", (trackingNo, carrier) => {
    expect(recognizeCarrier(trackingNo)).toBe(carrier);
  });

  test.each([
    ["751234567890", "SF and ZTO"],
    ["888123456789", "SF and STO"],
    ["7712345678901", "ZTO and STO"],
    ["5012345678901", "YD and EMS"],
  ])("%s could be of %s: nobody guesses", (trackingNo) => {
    expect(recognizeCarrier(trackingNo)).toBeNull();
  });

  test.each(["", "abc", "SF12", "SF13579246801355", "YT881234567890", "EA123456784CN", "李雷", "1"])(
    "%j is nobody's",
    (trackingNo) => {
      expect(recognizeCarrier(trackingNo)).toBeNull();
    },
  );

  test("whoever is recognised also takes the number", () => {
    for (const [trackingNo, carrier] of known)
      if (carrier) expect(check(carrier, trackingNo).trackingNo).toBe(trackingNo);
  });

  test("spaces, full-width characters, long dashes and small letters come out as on the label", () => {
    expect(readTrackingNo(" ｓｆ１３５７ 9246\u200b80135\u3000")).toBe("SF1357924680135");
    expect(readTrackingNo("jdx001234567890–1－1—")).toBe("JDX001234567890-1-1-");
    expect(recognizeCarrier("ｙｔ 8812 3456 78901")).toBe("YTO");
  });
});

describe("a parcel's carrier and number", () => {
  test("a person's word goes before the guess, as far as that carrier gives such numbers", () => {
    expect(recognizeCarrier("312345678901")).toBe("SF");
    expect(check("YTO", "312345678901").carrier).toBe("YTO");
    expect(check("OTHER", "SF1357924680135").carrier).toBe("OTHER");
    expect(refusal(() => check("JTSD", "SF1357924680135"))).toBe("tracking_invalid");
  });

  test("no carrier: the recognised one, or a clear question", () => {
    expect(check(null, "jt3012345678901").carrier).toBe("JTSD");
    expect(check("", "jt3012345678901").carrier).toBe("JTSD");
    expect(refusal(() => check(null, "7712345678901"))).toBe("carrier_unknown");
    expect(refusalOf(() => check(null, "7712345678901"))?.facts.errors).toEqual([
      { path: "carrier", code: "carrierUnclear" },
    ]);
    expect(refusal(() => check(null, "垃圾"))).toBe("tracking_invalid");
    expect(refusal(() => check("UPS", "1Z999AA10123456784"))).toBe("carrier_unknown");
  });

  test.each(carrierCodes)("%s takes no rubbish", (carrier) => {
    for (const rubbish of [
      "",
      "1",
      "-----",
      "'; DROP TABLE",
      "x".repeat(200),
      "李雷 123456",
      "SF1357924680135\0",
    ])
      expect([rubbish, refusal(() => check(carrier, rubbish))]).toEqual([rubbish, "tracking_invalid"]);
  });

  test("of a postal number the check digit is looked at", () => {
    expect(check("EMS", "RR473124829CN").carrier).toBe("EMS");
    expect(refusal(() => check("EMS", "RR473124828CN"))).toBe("tracking_invalid");
    expect(refusal(() => check("YZPY", "EA123456786CN"))).toBe("tracking_invalid");
  });

  test("SF and ZTO want four digits of a phone: the recipient's unless others were typed", () => {
    expect(check("SF", "SF1357924680135").phoneTail).toBe("8000");
    expect(check("ZTO", "78312345678901", " １２３４ ").phoneTail).toBe("1234");
    expect(check("YTO", "YT8812345678901", "1234").phoneTail).toBeNull();
    expect(refusal(() => check("SF", "SF1357924680135", "12345"))).toBe("phone_tail_required");
    const nobody = { carrier: "SF", trackingNo: "SF1357924680135", recipientPhone: null };
    expect(refusal(() => checkTracking(nobody))).toBe("phone_tail_required");
  });
});
