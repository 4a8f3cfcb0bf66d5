import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Day } from "@/lib/figures/read-days";
import { type Tell, useDayWords } from "./told";

type Column = { name: string; tell: Tell };

type Props = {
  name: "orders" | "money" | "conversion" | "shipping";
  /** Of today. */
  now: ReactNode;
  beside: { name: string; value: string }[];
  legend?: ReactNode;
  chart: { svg: string; words: string };
  days: Day[];
  columns: Column[];
};

/** One figure: today's, what it can be compared with, thirty days as a chart, and behind that the same numbers as a table. */
export function FigureCard({ name, now, beside, legend, chart, days, columns }: Props) {
  const t = useTranslations("home.figures");
  const title = t(`${name}.title`);
  return (
    <section aria-labelledby={`figure-${name}`} className="sheet min-w-0 px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-48 grow basis-48">
          <h3 id={`figure-${name}`} className="text-s text-soft" title={t(`${name}.definition`)}>
            {t("todays", { title })}
          </h3>
          <p className="mt-0.5">{now}</p>
          <dl className="mt-1.5 grid max-w-72 gap-x-3 text-s">
            {beside.map((one) => (
              <div key={one.name} className="flex items-baseline justify-between gap-x-3">
                <dt className="text-soft">{one.name}</dt>
                <dd className="zg-number text-end">{one.value}</dd>
              </div>
            ))}
          </dl>
        </div>
        <figure className="min-w-0 max-w-88 grow-2 basis-64">
          <div
            role="img"
            aria-label={`${title}${t("colon")}${chart.words}`}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by ourselves from numbers and dates alone.
            dangerouslySetInnerHTML={{ __html: chart.svg }}
          />
          {legend && <figcaption className="flex gap-x-4 ps-11 text-s text-soft">{legend}</figcaption>}
        </figure>
      </div>
      <details className="mt-2 border-line border-t pt-1 text-s">
        <summary className="cursor-pointer py-1 text-soft">{t("table")}</summary>
        <p className="max-w-[44em] py-1 text-soft">{t(`${name}.definition`)}</p>
        <DayTable label={title} days={days} columns={columns} />
      </details>
    </section>
  );
}

/** Newest first. */
function DayTable({ label, days, columns }: { label: string; days: Day[]; columns: Column[] }) {
  const t = useTranslations("home.figures");
  const { whole } = useDayWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this is one table that scrolls.
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable with the keyboard.
      tabIndex={0}
      className="max-h-80 overflow-auto"
    >
      <table
        aria-label={label}
        className="tabular-nums [&_:is(td,th)]:py-1 [&_:is(td,thead_th+th)]:ps-3 [&_:is(td,thead_th+th)]:text-end!"
      >
        <thead className="text-soft">
          <tr>
            <th scope="col">{t("day")}</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {days.toReversed().map(({ day, figures }) => (
            <tr key={day}>
              <th scope="row">{whole(day)}</th>
              {columns.map(({ name, tell }) => (
                <td key={name}>{tell(figures)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
