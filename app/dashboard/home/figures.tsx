import { useTranslations } from "next-intl";
import type { Figures } from "@/lib/figures/count-span";
import type { Days } from "@/lib/figures/read-days";
import { rateOf, sumFigures } from "@/lib/figures/sum-figures";
import type { ChartSvgs } from "./draw-charts";
import { FigureCard } from "./figure-card";
import { Swatch } from "./swatch";
import { type Tell, useChartWords, useDayWords, useTold } from "./told";

/** Today beside the days that it can be compared with, and thirty days of each figure. */
export function FigureCards({ of, svgs }: { of: Days; svgs: ChartSvgs }) {
  const { days, soFar, isComplete } = of;
  const t = useTranslations("home.figures");
  const { weekday } = useDayWords();
  const told = useTold();
  const words = useChartWords();
  const [today, yesterday, weekAgo] = [days.at(-1), days.at(-2), days.at(-8)].map(
    (day) => day?.figures ?? null,
  );
  // A sum of some of the days would be none.
  const month = isComplete && today ? sumFigures(days.flatMap(({ figures }) => figures ?? [])) : null;
  const sameDay = weekday(days.at(-8)?.day ?? "");

  /** What adds up over a day: the other days up to this time of day. */
  const sums = (tell: Tell) => [
    { name: t("yesterdaySoFar"), value: tell(soFar.yesterday) },
    { name: t("weekAgoSoFar", { weekday: sameDay }), value: tell(soFar.weekAgo) },
    { name: t("month"), value: tell(month) },
  ];
  /** What does not: the other days as a whole. */
  const wholes = (tell: Tell) => [
    { name: t("yesterday"), value: tell(yesterday ?? null) },
    { name: t("weekAgo", { weekday: sameDay }), value: tell(weekAgo ?? null) },
  ];
  const chart = (svg: string, value: (figures: Figures) => number | null, tell: Tell) => ({
    svg,
    words: words(
      days.flatMap(({ day, figures }) => {
        const of = figures && value(figures);
        return of === null ? [] : [{ day, value: of, told: tell(figures) }];
      }),
    ),
  });
  return (
    <div className="grid items-start gap-3 xl:grid-cols-2">
      <FigureCard
        name="orders"
        now={<Today size="text-xxl">{told.count("orders")(today ?? null)}</Today>}
        beside={[
          { name: t("paidToday"), value: told.count("paid")(today ?? null) },
          ...sums(told.count("orders")),
        ]}
        legend={
          <>
            <Swatch look="hollow">{t("columns.orders")}</Swatch>
            <Swatch look="full">{t("columns.paid")}</Swatch>
          </>
        }
        chart={chart(svgs.orders, ({ orders }) => orders, told.count("orders"))}
        days={days}
        columns={[
          { name: t("columns.orders"), tell: told.count("orders") },
          { name: t("columns.paid"), tell: told.count("paid") },
        ]}
      />
      {svgs.money !== null && (
        <FigureCard
          name="money"
          now={<Today size="text-xl text-money">{told.fen("paidFen")(today ?? null)}</Today>}
          beside={[
            ...sums(told.fen("paidFen")),
            { name: t("refundedToday"), value: told.fen("refundedFen")(today ?? null) },
            { name: t("refundedMonth"), value: told.fen("refundedFen")(month) },
          ]}
          legend={
            <>
              <Swatch look="money">{t("columns.received")}</Swatch>
              <Swatch look="hollow">{t("columns.refunded")}</Swatch>
            </>
          }
          chart={chart(svgs.money, ({ paidFen }) => paidFen, told.fen("paidFen"))}
          days={days}
          columns={[
            { name: t("columns.received"), tell: told.fen("paidFen") },
            { name: t("columns.refunded"), tell: told.fen("refundedFen") },
            { name: t("columns.refunds"), tell: told.count("refunds") },
          ]}
        />
      )}
      <FigureCard
        name="conversion"
        now={<Today size="text-xxl">{told.rate(today ?? null)}</Today>}
        beside={[...wholes(told.rate), { name: t("month"), value: told.rate(month) }]}
        chart={chart(svgs.conversion, rateOf, told.rate)}
        days={days}
        columns={[
          { name: t("columns.decided"), tell: told.count("decided") },
          { name: t("columns.converted"), tell: told.count("converted") },
          { name: t("columns.rate"), tell: told.rate },
        ]}
      />
      <FigureCard
        name="shipping"
        now={<Today size="text-xl">{told.shipTime(today ?? null)}</Today>}
        beside={[
          ...wholes(told.shipTime),
          { name: t("shippedToday"), value: told.count("shipped")(today ?? null) },
          { name: t("shippedMonth"), value: told.count("shipped")(month) },
        ]}
        chart={chart(svgs.shipping, ({ shipSeconds }) => shipSeconds, told.shipTime)}
        days={days}
        columns={[
          { name: t("columns.shipped"), tell: told.count("shipped") },
          { name: t("columns.shipTime"), tell: told.shipTime },
        ]}
      />
    </div>
  );
}

function Today({ size, children }: { size: string; children: string }) {
  return <strong className={`zg-number font-semibold leading-tight ${size}`}>{children}</strong>;
}
