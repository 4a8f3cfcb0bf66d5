import { expect, test } from "vitest";
import { checkNotifyUrl } from "@/lib/sandbox/pay-api/check-notify-url";

test.each([
  "https://shop.example/api/notify",
  "https://shop.com/api/notify",
  "http://localhost:3000/api/notify",
  "http://127.0.0.1:3000/api/notify",
  "http://[::1]:3000/api/notify",
  "http://192.168.1.5/api/notify",
  "http://shop.test/api/notify",
  "http://shop/api/notify",
])("%s can be notified", (url) => {
  expect(() => checkNotifyUrl(url)).not.toThrow();
});

test.each([
  "",
  "/api/notify",
  "ftp://shop.com/notify",
  "http://shop.com/api/notify",
  "http://8.8.8.8/api/notify",
  "https://shop.com/api/notify?order=1",
  "https://shop.com/api/notify#here",
  "https://user:secret@shop.com/api/notify",
])("%j cannot", (url) => {
  expect(() => checkNotifyUrl(url)).toThrow("notify_url");
});
