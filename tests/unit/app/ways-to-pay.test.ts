import { expect, test } from "vitest";
import { waysToPay } from "@/app/(shop)/orders/[orderNo]/pay/ways-to-pay";

const android = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";
const real = { sandbox: false };

test("inside WeChat the bridge comes first, and H5, which WeChat refuses there, is not offered", () => {
  expect(waysToPay(`${android} MicroMessenger/8.0.50`, real)).toEqual(["JSAPI", "NATIVE"]);
});

test("in a phone's browser H5 comes first, and the bridge, which is not there, is not offered", () => {
  expect(waysToPay(android, real)).toEqual(["MWEB", "NATIVE"]);
});

test("at a desktop there is the code to scan", () => {
  expect(waysToPay("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0", real)).toEqual(["NATIVE"]);
});

test.each(["wxwork/4.1 MicroMessenger/7.0", "MicroMessenger/8.0 miniProgram/wx123"])(
  "%s carries WeChat's name, but its bridge takes no payments from a page",
  (agent) => {
    expect(waysToPay(`${android} ${agent}`, real)[0]).toBe("MWEB");
  },
);

test("in the sandbox all three are there, the likeliest first", () => {
  expect(waysToPay(android, { sandbox: true })).toEqual(["MWEB", "JSAPI", "NATIVE"]);
  expect(waysToPay("", { sandbox: true })[0]).toBe("NATIVE");
});
