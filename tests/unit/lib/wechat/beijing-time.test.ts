import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBeijingStamp, fromBeijingText, toBeijingStamp, toBeijingText } from "@/lib/wechat/beijing-time";

const instants = fc.date({ min: new Date("1993-01-01Z"), max: new Date("2099-01-01Z"), noInvalidDate: true });

describe("Beijing time", () => {
  test("is eight hours ahead, over midnight and the year's end", () => {
    expect(toBeijingStamp(new Date("2026-12-31T16:00:00Z"))).toBe("20270101000000");
    expect(fromBeijingStamp("20260401100130")).toEqual(new Date("2026-04-01T02:01:30Z"));
    expect(fromBeijingText("2018-11-19 16:24:13")).toEqual(new Date("2018-11-19T08:24:13Z"));
  });

  test("what is written reads back to the second", () => {
    fc.assert(
      fc.property(instants, (at) => {
        const second = new Date(Math.floor(at.getTime() / 1000) * 1000);
        expect(fromBeijingStamp(toBeijingStamp(at))).toEqual(second);
        expect(fromBeijingText(toBeijingText(at))).toEqual(second);
      }),
    );
  });

  test.each([
    "",
    "2026040110013",
    "20260231000000",
    "20260401250000",
    "20260401106100",
    "2026-04-01 10:01:30",
    "２０２６0401100130",
  ])("%j is not a stamp", (text) => {
    expect(fromBeijingStamp(text)).toBeNull();
  });

  test.each(["", "20181119162413", "2018-02-30 00:00:00", "2018-11-19T16:24:13", "2018-11-19 24:00:00"])(
    "%j is not a time",
    (text) => {
      expect(fromBeijingText(text)).toBeNull();
    },
  );
});
