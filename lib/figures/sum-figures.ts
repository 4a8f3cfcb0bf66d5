import type { Figures } from "./count-span";

/** Several days as one. Their medians cannot be added: the sum has none. */
export function sumFigures(days: Figures[]): Figures {
  const sum = (name: Exclude<keyof Figures, "shipSeconds">) =>
    days.reduce((total, figures) => total + figures[name], 0);
  return {
    ...{ orders: sum("orders"), decided: sum("decided"), converted: sum("converted") },
    ...{
      paid: sum("paid"),
      paidFen: sum("paidFen"),
      refunds: sum("refunds"),
      refundedFen: sum("refundedFen"),
    },
    ...{ shipped: sum("shipped"), shipSeconds: null },
  };
}

/** Of the orders made that wait for nothing any more, the part that was paid; null without any. */
export function rateOf({ decided, converted }: Figures): number | null {
  return decided > 0 ? converted / decided : null;
}
