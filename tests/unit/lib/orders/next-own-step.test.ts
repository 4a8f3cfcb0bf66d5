import { expect, test } from "vitest";
import { nextOwnStep } from "@/lib/orders/next-own-step";

const now = new Date("2026-11-27T12:00:00Z");
const [before, after] = [new Date("2026-11-27T11:00:00Z"), new Date("2026-11-27T13:00:00Z")];
const order = {
  status: "pending",
  expiresAt: after,
  awaitsReturn: false,
  remindFrom: null,
  isReceivable: false,
  refund: null,
} as const;

test.each([
  [{}, "pay"],
  [{ expiresAt: before }, "look"],
  [{ status: "closing" }, "look"],
  [{ status: "closed" }, "again"],
  [{ status: "paid", remindFrom: before }, "remind"],
  [{ status: "paid", remindFrom: after }, "reminded"],
  [{ status: "paid", remindFrom: before, refund: "underway" }, "look"],
  [{ status: "paid", remindFrom: before, refund: "part" }, "remind"],
  [{ status: "shipped", isReceivable: true }, "receive"],
  [{ status: "shipped" }, "look"],
  [{ status: "shipped", isReceivable: true, awaitsReturn: true }, "send_back"],
  [{ status: "completed" }, "again"],
] as const)("of an order with %o the next step is %s", (of, step) => {
  expect(nextOwnStep({ ...order, ...of }, now)).toBe(step);
});
