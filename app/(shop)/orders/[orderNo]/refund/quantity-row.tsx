import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import { type AskState, quantityField } from "./ask-state";
import type { LineLeft } from "./pieces-left";
import { Problem } from "./problem";
import styles from "./refund.module.css";

/** How many of one line go back. */
export function QuantityRow({ line, state }: { line: LineLeft; state: AskState }) {
  const t = useTranslations("shop.refundForm");
  const name = quantityField(line.sku);
  const problem = state.problems[name];
  const wrong = problem ? name : state.problems.lines && "lines";
  return (
    <div className={`weui-cell ${styles.row}`} data-wrong={problem ? "" : undefined}>
      <div className="weui-cell__bd">
        <label htmlFor={name}>{line.title}</label>
        <span className={styles.small}>
          <Money fen={line.priceFen} /> · {t("left", { count: line.left })}
        </span>
        <Problem of={name} state={state} />
      </div>
      <input
        id={name}
        name={name}
        className={`weui-input ${styles.number}`}
        type="number"
        inputMode="numeric"
        min={0}
        max={line.left}
        defaultValue={state.typed[name] ?? 0}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong && `${wrong}-problem`}
      />
    </div>
  );
}
