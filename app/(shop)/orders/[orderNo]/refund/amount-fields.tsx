import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { useEarlyChoice } from "@/app/(shop)/use-early-choice";
import { formatFen } from "@/app/ui/format-fen";
import { Money } from "@/app/ui/money";
import { asYuan, readYuan } from "@/app/ui/read-yuan";
import { type AskState, quantityField, type Way } from "./ask-state";
import type { LineLeft } from "./pieces-left";
import { Problem } from "./problem";
import { QuantityRow } from "./quantity-row";
import styles from "./refund.module.css";

/** How much: all, some of the goods, or an amount. Which fields show follows the choice by style sheet alone. */
export function AmountFields({
  lines,
  refundableFen,
  state,
}: {
  lines: LineLeft[];
  refundableFen: number;
  state: AskState;
}) {
  const t = useTranslations("shop.refundForm");
  const locale = useLocale();
  const group = useRef<HTMLFieldSetElement>(null);
  const amount = useRef<HTMLInputElement>(null);
  const suggested = useRef("");
  const upTo = formatFen(refundableFen, locale);
  const goods = lines.filter(({ left }) => left > 0);
  const ways: Way[] =
    goods.reduce((sum, { left }) => sum + left, 0) > 1 ? ["whole", "lines", "part"] : ["whole", "part"];
  const chosen = ways.find((way) => way === state.typed.how) ?? "whole";
  const wrong = state.problems;

  /** The price of the chosen goods, as long as the buyer has not written an amount of their own. */
  function suggest() {
    const form = group.current?.form;
    if (!form || !amount.current || amount.current.value !== suggested.current) return;
    const typed = new FormData(form);
    const worthFen = goods.reduce((sum, line) => {
      const quantity = Math.trunc(Number(typed.get(quantityField(line.sku))));
      return sum + line.priceFen * Math.min(Math.max(quantity || 0, 0), line.left);
    }, 0);
    const fen = typed.get("how") === "lines" ? Math.min(worthFen, refundableFen) : 0;
    suggested.current = fen > 0 ? asYuan(fen) : "";
    amount.current.value = suggested.current;
  }

  useEarlyChoice(group, suggest);

  return (
    <fieldset ref={group} className={styles.group} onChange={suggest}>
      <legend className="weui-cells__title">{t("how")}</legend>
      <input type="hidden" name="wholeFen" value={refundableFen} />
      <div className="weui-cells">
        {ways.map((way) => (
          <label key={way} className={`weui-cell ${styles.way}`}>
            <input
              type="radio"
              name="how"
              value={way}
              defaultChecked={way === chosen}
              aria-invalid={way === "whole" && wrong.how ? true : undefined}
              aria-describedby={way === "whole" && wrong.how ? "how-problem" : undefined}
            />
            <span className="weui-cell__bd">
              {t(`ways.${way}`)}
              <span className={styles.small}>{t(`waysText.${way}`)}</span>
            </span>
            {way === "whole" && <Money fen={refundableFen} className={styles.strong} />}
          </label>
        ))}
      </div>
      <Problem of="how" state={state} />
      <div className={`weui-cells ${styles.panel} ${styles.goods}`}>
        {goods.map((line) => (
          <QuantityRow key={line.sku} line={line} state={state} />
        ))}
      </div>
      <div className={styles.goods}>
        <Problem of="lines" state={state} />
      </div>
      <div className={`weui-cells ${styles.panel} ${styles.amount}`}>
        <div className={`weui-cell ${styles.row}`} data-wrong={wrong.amount ? "" : undefined}>
          <label className={styles.label} htmlFor="amount">
            {t("amount")}
          </label>
          <div className="weui-cell__bd">
            <span className={styles.yuan}>
              <input
                ref={amount}
                id="amount"
                name="amount"
                className={`weui-input ${styles.input}`}
                inputMode="decimal"
                autoComplete="off"
                defaultValue={state.typed.amount ?? ""}
                aria-invalid={wrong.amount ? true : undefined}
                aria-describedby={wrong.amount ? "amount-problem amount-hint" : "amount-hint"}
                onBlur={tidy}
              />
              {t("yuan")}
            </span>
            <Problem of="amount" state={state} />
            <p id="amount-hint" className={styles.small}>
              <span className={styles.upTo}>{t("upTo", { amount: upTo })}</span>
              <span className={styles.goods}>{t("ofLines")}</span>
            </p>
          </div>
        </div>
      </div>
    </fieldset>
  );

  /** "１２。5" becomes "12.50": the buyer sees what was understood. */
  function tidy() {
    const fen = amount.current && readYuan(amount.current.value);
    if (amount.current && fen) amount.current.value = fen > 0 ? asYuan(fen) : amount.current.value;
  }
}
