import { describe, expect, test } from "vitest";
import { ownCodes, refusedHere, unknownResult, WechatError } from "@/lib/wechat/errors";
import {
  type ReportRefusal,
  type ReportRemedy,
  reportRefusal,
  reportRemedy,
  tokenCodes,
} from "@/lib/wechat/report-refusal";
import { getShippingState } from "@/lib/wechat/shipping-info";
import { platformAnswering } from "./a-platform";

/** Every code that the reference names for a token, for delivernotify and for upload_shipping_info. */
const documented: [number, ReportRefusal, ReportRemedy][] = [
  [-1, "again", "wait"],
  [40001, "token", "check_secret"],
  [40002, "token", "check_secret"],
  [40013, "token", "check_appid"],
  [40014, "token", "check_secret"],
  [40097, "token", "look_up"],
  [40125, "token", "check_secret"],
  [40164, "token", "add_to_whitelist"],
  [40243, "token", "unfreeze_secret"],
  [41002, "token", "check_secret"],
  [41004, "token", "check_secret"],
  [42001, "token", "check_secret"],
  [43002, "token", "check_secret"],
  [44990, "slower", "wait"],
  [45009, "slower", "wait"],
  [45011, "slower", "wait"],
  [47001, "config", "report_bug"],
  [48001, "config", "ask_for_right"],
  [49001, "config", "check_appid"],
  [49002, "config", "openid_missing"],
  [49003, "config", "openid_of_another"],
  [49004, "config", "check_app_key"],
  [49005, "few", "check_transaction"],
  [50004, "token", "account_disabled"],
  [50007, "token", "account_disabled"],
  [61003, "token", "look_up"],
  [61004, "token", "add_to_whitelist"],
  [61011, "token", "look_up"],
  [10060001, "few", "check_transaction"],
  [10060002, "done", "wait"],
  [10060003, "final", "reship_used"],
  [10060004, "final", "not_shippable"],
  [10060005, "config", "report_bug"],
  [10060006, "config", "report_bug"],
  [10060007, "config", "report_bug"],
  [10060008, "config", "report_bug"],
  [10060009, "config", "report_bug"],
  [10060012, "again", "wait"],
  [10060014, "config", "report_bug"],
  [10060019, "again", "wait"],
  [10060020, "config", "report_bug"],
  [10060023, "done", "wait"],
  [10060024, "config", "report_bug"],
  [10060025, "config", "report_bug"],
  [10060026, "config", "report_bug"],
  [10060031, "final", "openid_of_another"],
  [268485194, "config", "report_bug"],
  [268485195, "config", "report_bug"],
  [268485196, "config", "report_bug"],
  [268485197, "config", "report_bug"],
  [268485216, "config", "report_bug"],
  [268485224, "config", "report_bug"],
  [268485226, "config", "report_bug"],
  [268485227, "config", "report_bug"],
  [268485228, "config", "report_bug"],
];

describe("what WeChat refused", () => {
  test.each(documented)("%i asks for: %s (%s)", async (errcode, refusal, remedy) => {
    const error = await refusedWith(errcode);

    expect(reportRefusal(error)).toBe(refusal);
    expect(reportRemedy(error.code)).toBe(remedy);
  });

  test.each(documented.filter(([code]) => ![40097, 61003, 61011].includes(code)))(
    "%i has a remedy in words of its own",
    async (errcode) => {
      expect((await refusedWith(errcode)).remedy).not.toMatch(/look the code up/);
    },
  );

  test("a code that no page names stops and is looked up", async () => {
    const error = await refusedWith(99999);

    expect(reportRefusal(error)).toBe("config");
    expect(reportRemedy(error.code)).toBe("look_up");
  });

  test("the codes about tokens are those that stop every report of an account", () => {
    expect(documented.filter(([, refusal]) => refusal === "token").map(([code]) => String(code))).toEqual(
      expect.arrayContaining(tokenCodes.filter((code) => code !== "41001")),
    );
  });
});

describe("what WeChat did not answer", () => {
  test.each(Object.keys(ownCodes) as (keyof typeof ownCodes)[])("%s asks for the same again", (code) => {
    const error = unknownResult(code, "no answer in time");

    expect(reportRefusal(error)).toBe("again");
    expect(reportRemedy(error.code)).toBe("wait");
  });
});

describe("what WeChat was not asked", () => {
  test("a missing openid is 49002, a missing appkey is 49004", () => {
    const openid = refusedHere("OPENID_MISSING", "none");
    const appKey = refusedHere("APP_KEY_MISSING", "none");

    expect([reportRefusal(openid), reportRemedy(openid.code)]).toEqual(["config", reportRemedy("49002")]);
    expect([reportRefusal(appKey), reportRemedy(appKey.code)]).toEqual(["config", reportRemedy("49004")]);
  });
});

async function refusedWith(errcode: number): Promise<WechatError> {
  const { platform } = await platformAnswering({ errcode, errmsg: "the words" });
  const error = await getShippingState(platform, { accessToken: "T", transactionId: "42" }).catch(
    (thrown: unknown) => thrown,
  );
  if (error instanceof WechatError) return error;
  throw new Error("nothing was refused");
}
