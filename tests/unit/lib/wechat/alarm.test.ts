import { describe, expect, test } from "vitest";
import { readAlarm } from "@/lib/wechat/alarm";
import { signAlarm } from "@/lib/wechat/legacy-signature";
import { writeXml } from "@/lib/wechat/xml";

const appKey =
  "2Wozy2aksie1puXUBpWD8oZxiD1DfQuEaiC7KcRATv1Ino3mdopKaPGQQ7TtkNySuAmCaDCrw4xhPY5qKTBl7Fzm0RgR3c0WaVYIXZARsxzHV2x7iwPPzOz94dnwPWSn";
const late = {
  AppId: "wxf8b4f85f3a794e77",
  ErrorType: "1001",
  Description: "发货超时",
  AlarmContent: "transaction_id=1218614901201405273313470595",
  TimeStamp: "1393860740",
};

describe("an alarm", () => {
  test("is verified and keeps its words as sent", () => {
    expect(read(late)).toMatchObject({
      kind: "verified",
      alarm: {
        appId: late.AppId,
        errorType: "1001",
        description: "发货超时",
        alarmContent: late.AlarmContent,
        timeStamp: "1393860740",
      },
    });
  });

  test("of a type nobody documented is an alarm too", () => {
    expect(read({ ...late, ErrorType: "1", Description: "test", AlarmContent: "test" })).toMatchObject({
      kind: "verified",
      alarm: { errorType: "1" },
    });
  });

  test("without words is an alarm too", () => {
    expect(read({ ...late, Description: "", AlarmContent: "" })).toMatchObject({
      kind: "verified",
      alarm: { description: "", alarmContent: "" },
    });
  });

  test("that nobody can verify says so", () => {
    expect(readAlarm(body(late), { appKey: null })).toMatchObject({
      kind: "unverified",
      alarm: { errorType: "1001" },
    });
  });

  test("whose words were changed, or that is not signed, is forged", () => {
    const message = { ...late, AppSignature: signAlarm(late, { appKey }) };

    expect(readAlarm(body({ ...message, Description: "发货 超时" }), { appKey })).toMatchObject({
      kind: "forged",
      reason: "the signature does not verify",
    });
    expect(readAlarm(body(late), { appKey })).toMatchObject({
      kind: "forged",
      reason: "the signature is missing",
    });
  });

  test.each([
    ["AppId", { AppId: "" }],
    ["a type in digits", { ErrorType: "late" }],
    ["a time in seconds", { TimeStamp: "2014-03-03" }],
  ])("without %s is incomplete, signed or not", (_what, change) => {
    expect(read({ ...late, ...change })).toMatchObject({ kind: "incomplete" });
    expect(readAlarm(body({ ...late, ...change }), { appKey: null })).toMatchObject({ kind: "incomplete" });
  });

  test("that is no flat XML is unreadable", () => {
    expect(readAlarm(Buffer.from("<xml><a><b/></a></xml>"), { appKey })).toMatchObject({
      kind: "unreadable",
      tooLarge: false,
    });
  });
});

function read(fields: Record<string, string>) {
  return readAlarm(body({ ...fields, AppSignature: signAlarm(fields, { appKey }), SignMethod: "sha1" }), {
    appKey,
  });
}

function body(fields: Record<string, string>): Uint8Array {
  return Buffer.from(writeXml(fields));
}
