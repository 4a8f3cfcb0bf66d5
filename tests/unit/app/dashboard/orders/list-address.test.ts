import { describe, expect, test } from "vitest";
import { addressOf, listHref, readAddress } from "@/app/dashboard/orders/list-address";

describe("the address of the order list", () => {
  test("has one spelling, whether a form sent it or a link", () => {
    const fromForm = readAddress({
      status: "paid",
      kind: "",
      min: "10.00",
      sort: "newest",
      density: "compact",
      columns: ["total", "status", "person"],
    });
    const fromLink = addressOf("columns=status,total,person&density=compact&min=10&status=paid");

    expect(fromForm.madeUp).toEqual([]);
    expect(listHref(fromForm)).toBe(listHref(fromLink));
    expect(new URLSearchParams(listHref(fromLink).split("?")[1]).get("columns")).toBe("status,total,person");
  });

  test("with the usual look says nothing of it", () => {
    const { look } = readAddress({});

    expect(listHref(readAddress({ columns: [...look.columns], density: "comfortable" }))).toBe(
      "/dashboard/orders",
    );
  });

  test("tells every part that means nothing, and keeps the rest", () => {
    const { madeUp, filter, look } = readAddress({
      ...{ status: "paid", kind: "banana", density: "huge", columns: "status,colour", page: "7" },
      ...{ before: "1-2-3" },
    });

    expect(madeUp).toEqual([
      { name: "kind", text: "banana" },
      { name: "density", text: "huge" },
      { name: "columns", text: "status,colour" },
      { name: "page", text: "7" },
    ]);
    expect(filter).toMatchObject({ status: "paid", kind: null });
    expect(look).toEqual({ isCompact: false, columns: ["status"] });
  });

  test("typed by hand is told no longer than anybody reads", () => {
    const { madeUp } = readAddress(
      Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`p${n}`, "x".repeat(500)])),
    );

    expect(madeUp).toHaveLength(10);
    expect(madeUp[0]?.text).toHaveLength(40);
  });
});
