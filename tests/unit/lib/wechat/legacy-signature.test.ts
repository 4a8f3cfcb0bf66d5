import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signAlarm, signLegacy, verifyAlarm } from "@/lib/wechat/legacy-signature";

const appKey =
  "2Wozy2aksie1puXUBpWD8oZxiD1DfQuEaiC7KcRATv1Ino3mdopKaPGQQ7TtkNySuAmCaDCrw4xhPY5qKTBl7Fzm0RgR3c0WaVYIXZARsxzHV2x7iwPPzOz94dnwPWSn";
const alarm = {
  AppId: "wxf8b4f85f3a794e77",
  ErrorType: "1001",
  Description: "发货超时",
  AlarmContent: "transaction_id=1218614901201405273313470595",
  TimeStamp: "1393860740",
};

describe("signatures of 2014", () => {
  test("neither the signature nor its method is signed, in either spelling", () => {
    const fields = { appid: "a", openid: "b" };
    const noise = { app_signature: "x", sign_method: "sha1", AppSignature: "y", SignMethod: "sha1" };

    expect(signLegacy({ ...fields, ...noise }, { appKey })).toBe(signLegacy(fields, { appKey }));
  });

  test("names are signed in small letters", () => {
    expect(signLegacy({ AppId: "a", TimeStamp: "1" }, { appKey })).toBe(
      signLegacy({ appid: "a", timestamp: "1" }, { appKey }),
    );
  });

  test("an alarm is verified over its five fields only: a sixth one changes nothing", () => {
    const message = { ...alarm, AppSignature: signAlarm(alarm, { appKey }), SignMethod: "sha1" };

    expect(verifyAlarm(message, { appKey })).toBe(true);
    expect(verifyAlarm({ ...message, Extra: "x", SignMethod: "md5" }, { appKey })).toBe(true);
  });

  test("one changed character in any of the five is a forgery", () => {
    const AppSignature = signAlarm(alarm, { appKey });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(alarm)), fc.string({ minLength: 1 }), (name, added) => {
        const fields: Record<string, string> = { ...alarm, AppSignature };
        expect(verifyAlarm({ ...fields, [name]: `${fields[name]}${added}` }, { appKey })).toBe(false);
      }),
    );
  });

  test("an empty description verifies whether it was signed or left out", () => {
    const empty = { ...alarm, Description: "" };
    const { Description: _none, ...without } = alarm;

    expect(verifyAlarm({ ...empty, AppSignature: signLegacy(empty, { appKey }) }, { appKey })).toBe(true);
    expect(verifyAlarm({ ...empty, AppSignature: signLegacy(without, { appKey }) }, { appKey })).toBe(true);
  });

  test.each(["", "F".repeat(40), "签".repeat(40)])(
    "the signature %j is a forgery and no exception",
    (AppSignature) => {
      expect(verifyAlarm({ ...alarm, AppSignature }, { appKey })).toBe(false);
    },
  );
});
