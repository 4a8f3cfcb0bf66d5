import { describe, expect, test } from "vitest";
import { waysToPay } from "@/app/(shop)/orders/[orderNo]/pay/ways-to-pay";
import { type Place, placeOf } from "@/app/(shop)/wechat/place";

const android = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";
const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0";
const real = { sandbox: false };

test.each<[string, Place]>([
  [`${android} MicroMessenger/8.0.50.2701(0x2800325B) NetType/WIFI`, "wechat"],
  [`${android} MicroMessenger/10.0.1`, "wechat"],
  [`${android} MicroMessenger/4.5.255`, "oldWechat"],
  [`${android} wxwork/4.1 MicroMessenger/7.0`, "wecom"],
  [`${android} MicroMessenger/8.0 miniProgram/wx123`, "miniProgram"],
  [`${windows} MicroMessenger/7.0.20 NetType/WIFI WindowsWechat(0x63090819)`, "desktopWechat"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) MicroMessenger/6.8 MacWechat/3.8", "desktopWechat"],
  [android, "phoneBrowser"],
  [windows, "desktopBrowser"],
  ["", "desktopBrowser"],
])("%s is %s", (userAgent, place) => {
  expect(placeOf(userAgent)).toBe(place);
});

describe("the ways to pay", () => {
  test("inside WeChat the bridge comes first, and H5, which WeChat refuses there, waits until it turns out not to be WeChat", () => {
    expect(waysToPay("wechat", real)).toEqual({ ways: ["JSAPI", "NATIVE"], outside: ["MWEB", "NATIVE"] });
    expect(waysToPay("desktopWechat", real)).toEqual({ ways: ["NATIVE", "JSAPI"], outside: ["NATIVE"] });
  });

  test("in a phone's browser H5 comes first, and the bridge, which is not there, is not offered", () => {
    expect(waysToPay("phoneBrowser", real).ways).toEqual(["MWEB", "NATIVE"]);
  });

  test("at a desktop there is the code to scan", () => {
    expect(waysToPay("desktopBrowser", real).ways).toEqual(["NATIVE"]);
  });

  test("where WeChat takes no payments from a page there is still a way", () => {
    expect(waysToPay("wecom", real).ways).toEqual(["MWEB", "NATIVE"]);
    expect(waysToPay("oldWechat", real).ways).toEqual(["NATIVE"]);
    expect(waysToPay("miniProgram", real).ways).toEqual(["NATIVE"]);
  });

  test("in the sandbox all three are there, the likeliest first", () => {
    expect(waysToPay("phoneBrowser", { sandbox: true }).ways).toEqual(["MWEB", "JSAPI", "NATIVE"]);
    expect(waysToPay("desktopBrowser", { sandbox: true }).ways[0]).toBe("NATIVE");
  });
});
