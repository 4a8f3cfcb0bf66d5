import { describe, expect, test } from "vitest";
import { changeRows } from "@/app/dashboard/products/form/change-rows";
import { mergeEdits } from "@/app/dashboard/products/form/merge-edits";
import {
  blankVariant,
  readPieces,
  type TypedProduct,
  type TypedVariant,
} from "@/app/dashboard/products/form/typed-product";

const row = (id: string, of: Partial<TypedVariant> = {}): TypedVariant => ({
  ...{ id, title: `规格${id}`, sku: `S-${id}`, price: "68.00", onSale: true, onHand: "" },
  ...of,
});
const was: TypedProduct = {
  ...{ title: "龙井", slug: "tea", kind: "physical", category: "", description: "一行\n两行" },
  variants: [row("1"), row("2"), row("3")],
};
const merge = (mine: Partial<TypedProduct>, theirs: Partial<TypedProduct>) =>
  mergeEdits({ was, mine: { ...was, ...mine }, theirs: { ...was, ...theirs } });

describe("two people's edits of one product", () => {
  test("what only one changed is theirs, what both did stays mine with theirs beside it", () => {
    const { typed, notes } = merge(
      { title: "明前龙井", description: "一行\r\n两行 " },
      { title: "雨前龙井", description: "三行", slug: "tea", category: "7" },
    );

    expect(typed).toEqual({ ...was, title: "明前龙井", description: "三行", category: "7" });
    expect(notes).toEqual({
      title: { kind: "differs", was: "龙井", theirs: "雨前龙井" },
      description: { kind: "taken", was: "一行\n两行", theirs: "三行" },
      category: { kind: "taken", was: "", theirs: "7" },
    });
  });

  test("both changed it alike, or typed the same amount otherwise: nothing to say", () => {
    const { typed, notes } = merge(
      { title: "新", variants: [row("1", { price: "¥70" }), row("2"), row("3")] },
      { title: "新", variants: [row("1", { price: "70.00" }), row("2"), row("3")] },
    );

    expect([typed.title, typed.variants[0]?.price, notes]).toEqual(["新", "¥70", {}]);
  });

  test("rows are met by their ids: my price, their name, their withdrawal", () => {
    const { typed, notes } = merge(
      { variants: [row("3"), row("1", { price: "80" }), row("2")] },
      { variants: [row("1", { price: "75.00", title: "大" }), row("2", { onSale: false }), row("3")] },
    );

    expect(typed.variants).toEqual([
      row("3"),
      row("1", { price: "80", title: "大" }),
      row("2", { onSale: false }),
    ]);
    expect(notes).toEqual({
      "variants.1.title": { kind: "taken", was: "规格1", theirs: "大" },
      "variants.1.price": { kind: "differs", was: "68.00", theirs: "75.00" },
      "variants.2.onSale": { kind: "taken", was: "true", theirs: "false" },
    });
  });

  test("rows that one added, deleted or moved", () => {
    const mine = [row("1"), row("2", { price: "90" }), row("", { title: "我的" })];
    const theirs = [row("4"), row("3", { sku: "NEW" }), row("1")];
    const { typed, notes } = merge({ variants: mine }, { variants: theirs });

    expect(typed.variants).toEqual([
      row("4"),
      row("3", { sku: "NEW" }),
      row("1"),
      row("", { title: "规格2", sku: "S-2", price: "90" }),
      row("", { title: "我的" }),
    ]);
    expect(notes).toEqual({
      "variants.0": { kind: "added" },
      "variants.1": { kind: "kept" },
      "variants.3": { kind: "deleted" },
    });
    const untouched = merge({}, { variants: [row("3"), row("1")] });
    expect([untouched.typed.variants, untouched.notes]).toEqual([[row("3"), row("1")], {}]);
  });
});

test("the buttons beside the rows move, add and remove them, and nothing else does", () => {
  const rows = [row("1"), row("2")];

  expect(changeRows(rows, "up:1")).toEqual([row("2"), row("1")]);
  expect(changeRows(rows, "down:0")).toEqual([row("2"), row("1")]);
  expect(changeRows(rows, "add")).toEqual([...rows, blankVariant]);
  expect(changeRows(rows, "remove:0")).toEqual([row("2")]);
  expect(changeRows([row("1")], "remove:0")).toEqual([row("1")]);
  expect(changeRows(rows, "remove:9")).toEqual(rows);
  expect([changeRows(rows, ""), changeRows(rows, "save")]).toEqual([null, null]);
});

test("pieces are read as people type them", () => {
  expect(["", "１２", "1,200", "-3", "1.5", "x"].map(readPieces)).toEqual([0, 12, 1200, null, null, null]);
});
