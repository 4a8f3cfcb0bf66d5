import { expect, test } from "vitest";
import { clientAddress, isExempt, networkOf, socketAddressHeader } from "@/lib/http/client-address";

const from = (socket: string | null, forwarded: string | null, trusted: string[]) => {
  const headers = new Headers();
  if (socket !== null) headers.set(socketAddressHeader, socket);
  if (forwarded !== null) headers.set("x-forwarded-for", forwarded);
  return clientAddress(headers, trusted);
};

test.each([
  ["203.0.113.7", "1.2.3.4", []],
  ["203.0.113.7", "1.2.3.4", ["10.0.0.0/8"]],
  ["203.0.113.7", null, ["203.0.113.0/24"]],
  ["203.0.113.7", "", ["203.0.113.0/24"]],
  ["203.0.113.7", "not an address", ["203.0.113.0/24"]],
  ["203.0.113.7", "1.2.3.4, nonsense", ["203.0.113.0/24"]],
])("the socket's address counts: %s, forwarded %j, trusted %j", (socket, forwarded, trusted) => {
  expect(from(socket, forwarded, trusted)).toBe("203.0.113.7");
});

test.each([
  ["one proxy", "1.2.3.4", ["10.0.0.1"], "1.2.3.4"],
  ["what the client made up stands on the left", "6.6.6.6, 1.2.3.4", ["10.0.0.1"], "1.2.3.4"],
  ["two trusted proxies", "6.6.6.6, 1.2.3.4, 10.0.0.2", ["10.0.0.0/8"], "1.2.3.4"],
  ["IPv6", "2001:db8::7", ["10.0.0.1"], "2001:db8::7"],
  ["IPv6 with brackets and a port", "[2001:db8::7]:443", ["10.0.0.1"], "2001:db8::7"],
  ["IPv4 with a port", "1.2.3.4:5678", ["10.0.0.1"], "1.2.3.4"],
  ["IPv4 written as IPv6", "::ffff:1.2.3.4", ["10.0.0.1"], "1.2.3.4"],
  ["nothing but trusted proxies", "10.0.0.3, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.1"],
])("behind trusted proxies: %s", (_what, forwarded, trusted, expected) => {
  expect(from("10.0.0.1", forwarded, trusted)).toBe(expected);
  expect(from("::ffff:10.0.0.1", forwarded, trusted)).toBe(expected);
});

test("a trusted range of IPv6 is a range of IPv6", () => {
  expect(from("fd00::1", "1.2.3.4", ["fd00::/8"])).toBe("1.2.3.4");
  expect(from("fe80::1%eth0", "1.2.3.4", ["fe80::/10"])).toBe("1.2.3.4");
});

test("without a socket's address, as in a unit test, it is this machine", () => {
  expect(from(null, "1.2.3.4", [])).toBe("127.0.0.1");
});

test("loopback and trusted proxies are exempt from limits, nobody else", () => {
  const trusted = ["10.0.0.0/8", "2001:db8::/32"];
  const exempt = ["127.0.0.1", "127.9.9.9", "::1", "10.1.2.3", "2001:db8::1"];
  const others = ["203.0.113.7", "11.0.0.1", "2001:db9::1", "nonsense", ""];

  expect(exempt.filter((address) => !isExempt(address, trusted))).toEqual([]);
  expect(others.filter((address) => isExempt(address, trusted))).toEqual([]);
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
])("a rate limit counts %s as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
