import { expect, test } from "vitest";
import { barOption, lineOption } from "@/app/dashboard/home/chart-option";
import { drawChart } from "@/app/dashboard/home/draw-chart";
import { plainSvg } from "@/app/dashboard/home/plain-svg";
import { rateOf, sumFigures } from "@/lib/figures/sum-figures";

const days = Array.from({ length: 30 }, (_, n) => `11/${n + 1}`);
const axis = (value: number) => `¥${value}`;
const none = days.map(() => null);
const barsIn = (svg: string, colour: string) => svg.split(`fill="var(--zg-${colour})"`).length - 1;

test("a day without a value has no bar, a nought has a flat one, and colours are the tokens", async () => {
  const values = [...none.slice(3), 0, 4, 8];
  const svg = await drawChart("bars", barOption([{ look: "money", values }], { days, axis }));

  expect(barsIn(svg, "money")).toBe(3);
  expect(svg).toContain(">¥9<");
  expect(svg).not.toMatch(/#[0-9a-f]{3,6}|rgb\(/i);
});

test("a line breaks where a day has no value, and names today and the same days of the weeks before", async () => {
  const values = days.map((_, n) => (n === 10 ? null : n));
  const svg = await drawChart("line", lineOption(values, { days, axis, most: 100 }));

  const [, path = ""] = /d="([^"]+)"[^>]*stroke="var\(--zg-accent\)"/.exec(svg) ?? [];
  expect(path.split("M").length - 1).toBe(2);
  expect(days.filter((day) => svg.includes(`>${day}<`))).toEqual(["11/2", "11/9", "11/16", "11/23", "11/30"]);
});

test("a chart brings no style element, no marks for a script, and takes its place's width", async () => {
  const svg = await drawChart("empty", barOption([{ look: "hollow", values: none }], { days, axis }));

  expect(svg).toMatch(/^<svg width="100%" aria-hidden="true" xmlns="[^"]+" viewBox="0 0 340 150">/);
  expect(svg).not.toMatch(/<style|class=|ecmeta/);
  expect(plainSvg('<svg width="1" height="2"><style >a{}</style><g class="b" ecmeta_x="1"></g></svg>')).toBe(
    '<svg width="100%" aria-hidden="true"><g></g></svg>',
  );
});

test("the very same numbers are drawn once", async () => {
  const option = () => barOption([{ look: "full", values: none }], { days, axis });
  const [first, again, other] = [
    await drawChart(["same", 1], option()),
    await drawChart(["same", 1], {
      get series(): never {
        throw new Error("drawn again");
      },
    }),
    await drawChart(["same", 2], barOption([{ look: "money", values: days.map(() => 1) }], { days, axis })),
  ];

  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test("days are summed without their medians, and a rate of nothing is none", () => {
  const day = {
    orders: 3,
    decided: 2,
    converted: 1,
    paid: 2,
    paidFen: 500,
    refunds: 1,
    refundedFen: 100,
    shipped: 1,
    shipSeconds: 60,
  };

  expect(sumFigures([day, day])).toEqual({
    ...{ orders: 6, decided: 4, converted: 2, paid: 4, paidFen: 1000, refunds: 2, refundedFen: 200 },
    ...{ shipped: 2, shipSeconds: null },
  });
  expect(rateOf(day)).toBe(0.5);
  expect(rateOf({ ...day, decided: 0, converted: 0 })).toBeNull();
});
